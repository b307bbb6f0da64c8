"""Addresses of thank yous."""

from django.urls import path

from appraisal.views import recognition

app_name = "thanks"

urlpatterns = [
    path("", recognition.thanks_list, name="list"),
    path("say/", recognition.thanks_say, name="say"),
    path("<int:pk>/", recognition.thanks_detail, name="detail"),
    path("<int:pk>/<slug:name>/", recognition.thanks_move, name="move"),
]
