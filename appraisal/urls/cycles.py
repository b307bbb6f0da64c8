"""Addresses of review cycles. Mounted at /manage/cycles/."""

from django.urls import path

from appraisal.views import cycle_page, cycles

app_name = "cycles"

urlpatterns = [
    path("", cycles.cycle_list, name="list"),
    path("add/", cycles.cycle_add, name="add"),
    path("<int:pk>/edit/", cycles.cycle_edit, name="edit"),
    path("<int:pk>/people/", cycles.cycle_people, name="people"),
    path("<int:pk>/leave-out/", cycles.cycle_leave_out, name="leave-out"),
    path("<int:pk>/put-back/<int:post_pk>/", cycles.cycle_put_back, name="put-back"),
    path("<int:pk>/check/", cycles.cycle_check, name="check"),
    path("<int:pk>/open/", cycles.cycle_open, name="open"),
    path("<int:pk>/progress/", cycles.cycle_progress, name="progress"),
    path("<int:pk>/delete/", cycles.cycle_delete, name="delete"),
    path("<int:pk>/", cycle_page.cycle_detail, name="detail"),
    path("<int:pk>/remind/", cycle_page.cycle_remind, name="remind"),
    path("<int:pk>/reviews.csv", cycle_page.cycle_export, name="export"),
    path("<int:pk>/show-levels/", cycle_page.cycle_show_levels, name="show-levels"),
    path("<int:pk>/close/", cycle_page.cycle_close, name="close"),
]
