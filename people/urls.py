"""Addresses of posts, teams, job families and cover, mounted at /manage/posts/; of tokens, at /account/tokens/."""

from django.urls import path

from people.views import posts, tokens

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

token_urls = (
    [
        path("", tokens.token_list, name="list"),
        path("add/", tokens.token_add, name="add"),
        path("<int:pk>/revoke/", tokens.token_revoke, name="revoke"),
    ],
    "tokens",
)
