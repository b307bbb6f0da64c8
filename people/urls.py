"""Addresses of posts, teams, job families and cover. Mounted at /manage/posts/."""

from django.urls import path

from people.views import posts

app_name = "posts"

urlpatterns = [
    path("", posts.post_list, name="list"),
    path("add/", posts.post_add, name="add"),
    path("<int:pk>/", posts.post_edit, name="edit"),
    path("<int:pk>/end/", posts.post_end, name="end"),
    path("teams/", posts.team_list, name="teams"),
    path("teams/<int:pk>/", posts.team_edit, name="team"),
    path("families/", posts.family_list, name="families"),
    path("families/<int:pk>/", posts.family_edit, name="family"),
    path("cover/", posts.cover_list, name="cover"),
    path("cover/<int:pk>/end/", posts.cover_end, name="cover-end"),
]
