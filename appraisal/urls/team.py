"""Addresses of a line manager's team. Mounted at /team/; a person is addressed by the post that is managed."""

from django.urls import path

from appraisal.views import notes, team

app_name = "team"

urlpatterns = [
    path("", team.team_list, name="list"),
    path("<int:pk>/", team.team_person, name="person"),
    path("<int:pk>/note/", notes.note_write, name="note"),
    path("<int:pk>/talk/", team.talk, name="talk"),
]
