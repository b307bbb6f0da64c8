"""Addresses that exist in DEBUG only."""

from django.urls import path

from cms.views import dev

urlpatterns = [
    path("", dev.cast, name="dev"),
    path("become/<int:pk>/", dev.become, name="dev-become"),
    path("mail/", dev.mail_list, name="dev-mail"),
    path("mail/<int:pk>/", dev.mail_detail, name="dev-mail-detail"),
    path("mail/<int:pk>/html/", dev.mail_html, name="dev-mail-html"),
    path("kit/", dev.kit, name="dev-kit"),
]
