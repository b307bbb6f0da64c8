"""Addresses of reviews: reading, writing, answering, the record. Mounted at /reviews/."""

from django.urls import path

from appraisal.views import notes, records, reviews

app_name = "reviews"

urlpatterns = [
    path("", reviews.review_list, name="list"),
    path("notes/", notes.note_list, name="notes"),
    path("<int:pk>/", reviews.review_detail, name="detail"),
    path("<int:pk>/record/", records.record, name="record"),
]
