"""Addresses of examples, and of the page behind a mailed question. Included at the root of the site."""

from django.urls import path, register_converter

from appraisal.views import answers, examples, requests

app_name = "evidence"


class EntryMove:
    """The moves of an example that are one press."""

    regex = "share|unshare"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(EntryMove, "entrymove")

urlpatterns = [
    path("evidence/", examples.example_list, name="list"),
    path("evidence/add/", examples.example_add, name="add"),
    path("evidence/<int:pk>/", examples.example_detail, name="detail"),
    path("evidence/<int:pk>/edit/", examples.example_edit, name="edit"),
    path("evidence/<int:pk>/delete/", examples.example_delete, name="delete"),
    path("evidence/<int:pk>/file/", examples.example_file, name="file"),
    path("evidence/<int:pk>/ask/", requests.request_ask, name="ask"),
    path("evidence/<int:pk>/<entrymove:name>/", examples.example_move, name="move"),
    path("evidence/requests/<int:pk>/send/", requests.request_send, name="send"),
    path("evidence/requests/<int:pk>/withdraw/", requests.request_withdraw, name="withdraw"),
    path("evidence/requests/<int:pk>/reply/", requests.request_reply, name="reply"),
    path("evidence/asked/<int:pk>/", answers.asked, name="asked"),
    path("evidence/asked/<int:pk>/file/", answers.asked_file, name="asked-file"),
    path("answer/<str:token>/", answers.answer, name="answer"),
    path("answer/<str:token>/file/", answers.answer_file, name="answer-file"),
]
