"""Addresses of reviews: reading, writing, answering, the record. Mounted at /reviews/."""

from django.urls import path

from appraisal.views import notes, records, reviews

app_name = "reviews"

urlpatterns = [
    path("", reviews.review_list, name="list"),
    path("notes/", notes.note_list, name="notes"),
    path("notes/<int:pk>/answer/", notes.note_answer, name="note-answer"),
    path("<int:pk>/", reviews.review_detail, name="detail"),
    path("<int:pk>/record/", records.record, name="record"),
]
