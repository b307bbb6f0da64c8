"""Addresses of reviews: reading, writing, answering, the record. Mounted at /reviews/."""

from django.urls import path, register_converter

from appraisal.views import notes, records, responding, reviews, steps, writing

app_name = "reviews"


class ReviewMove:
    """The moves of a review that are one press, and the day of the talk."""

    regex = "|".join((*reviews.ONE_PRESS, "talk_held"))

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(ReviewMove, "reviewmove")

urlpatterns = [
    path("", reviews.review_list, name="list"),
    path("notes/", notes.note_list, name="notes"),
    path("notes/<int:pk>/answer/", notes.note_answer, name="note-answer"),
    path("steps/", steps.step_list, name="steps"),
    path("steps/<int:pk>/mark/", steps.step_mark, name="step-mark"),
    path("<int:pk>/", reviews.review_detail, name="detail"),
    path("<int:pk>/go-on/", writing.go_on, name="go-on"),
    path("<int:pk>/behaviours/<int:number>/", writing.write, name="write"),
    path("<int:pk>/whole/", writing.whole, name="whole"),
    path("<int:pk>/summary/", writing.summary, name="summary"),
    path("<int:pk>/check/", writing.check, name="check"),
    path("<int:pk>/behaviours/<int:number>/how/", records.level, name="level"),
    path("<int:pk>/move/<reviewmove:name>/", reviews.review_move, name="move"),
    path("<int:pk>/answer/", responding.answer, name="answer"),
    path("<int:pk>/fair/", responding.fair, name="fair"),
    path("<int:pk>/record/", records.record, name="record"),
    path("<int:pk>/record/add/", records.record_add, name="record-add"),
    path("<int:pk>/record.pdf", records.record_pdf, name="record-pdf"),
]
