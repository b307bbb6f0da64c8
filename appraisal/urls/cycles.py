"""Addresses of review years. Mounted at /manage/cycles/."""

from django.urls import path

from appraisal.views import cycle_page, cycles

app_name = "cycles"

urlpatterns = [
    path("", cycles.cycle_list, name="list"),
    path("<int:pk>/", cycle_page.cycle_detail, name="detail"),
    path("<int:pk>/remind/", cycle_page.cycle_remind, name="remind"),
    path("<int:pk>/reviews.csv", cycle_page.cycle_export, name="export"),
    path("<int:pk>/show-levels/", cycle_page.cycle_show_levels, name="show-levels"),
    path("<int:pk>/close/", cycle_page.cycle_close, name="close"),
]
