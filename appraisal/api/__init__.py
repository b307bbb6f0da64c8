"""Examples, requests, reviews and teams in the API, one module a subject. cms/api.py mounts VIEWSETS and PATHS."""

from django.urls import path

from appraisal.api.asked import AskedViewSet
from appraisal.api.drafts import DraftView, RatingView, SummaryView
from appraisal.api.examples import ExampleViewSet
from appraisal.api.records import RecordView
from appraisal.api.requests import RequestViewSet
from appraisal.api.reviews import ReviewViewSet
from appraisal.api.team import NoteViewSet, StepViewSet, TeamViewSet

VIEWSETS = (
    ("examples", ExampleViewSet, "example"),
    ("requests", RequestViewSet, "request"),
    ("asked", AskedViewSet, "asked"),
    ("reviews", ReviewViewSet, "review"),
    ("team", TeamViewSet, "team"),
    ("notes", NoteViewSet, "note"),
    ("next-steps", StepViewSet, "step"),
)
SAVED = {"get": "retrieve", "patch": "partial_update"}
DRAFT, RECORD = "reviews/<int:pk>/draft/", "reviews/<int:pk>/record/"
PATHS = [
    path(DRAFT, DraftView.as_view({"get": "retrieve"}), name="review-draft"),
    path(f"{DRAFT}behaviours/<int:number>/", RatingView.as_view(SAVED), name="review-draft-behaviour"),
    path(f"{DRAFT}summary/", SummaryView.as_view(SAVED), name="review-draft-summary"),
    path(RECORD, RecordView.as_view({"get": "retrieve"}), name="review-record"),
    path(f"{RECORD}pdf/", RecordView.as_view({"get": "pdf"}), name="review-record-pdf"),
    path(f"{RECORD}additions/", RecordView.as_view({"post": "add"}), name="review-record-add"),
]
