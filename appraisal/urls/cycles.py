"""Addresses of review years. Mounted at /manage/cycles/."""

from django.urls import path

from appraisal.views import cycles

app_name = "cycles"

urlpatterns = [
    path("", cycles.cycle_list, name="list"),
    path("<int:pk>/", cycles.cycle_detail, name="detail"),
]
