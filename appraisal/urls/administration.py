"""Addresses of single reviews for administrators. Mounted at /manage/reviews/."""

from django.urls import path

from appraisal.views import administration

app_name = "review-admin"

urlpatterns = [
    path("<int:pk>/", administration.review_detail, name="detail"),
    path("<int:pk>/hand-over/", administration.review_hand_over, name="hand-over"),
    path("<int:pk>/second-manager/", administration.review_second_manager, name="second-manager"),
    path("<int:pk>/reopen/", administration.review_act, {"name": "reopen"}, name="reopen"),
    path("<int:pk>/void/", administration.review_act, {"name": "void"}, name="void"),
    path("<int:pk>/open/", administration.review_open, name="open"),
]
