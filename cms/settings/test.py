"""Tests: quick hashing, mail in memory, tasks at once. DATABASE_URL chooses the lane."""

import tempfile

from cms.settings.base import *  # noqa: F403
from cms.settings.base import DATABASES, INSTALLED_APPS, MIDDLEWARE

DEBUG = False
SECRET_KEY = "tests-only-not-a-secret-0123456789-0123456789-abcdefghij"
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
INSTALLED_APPS = [*INSTALLED_APPS, "zeal", "tests.engine"]  # zeal raises on N+1 queries; engine: see tests/people
MIDDLEWARE = [m for m in MIDDLEWARE if "structlog" not in m and "whitenoise" not in m]
_files = tempfile.mkdtemp(prefix="common-ground-tests-")
MEDIA_ROOT = f"{_files}/media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": f"{_files}/private", "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "local"},
}
if "OPTIONS" in DATABASES["default"]:
    DATABASES["default"]["OPTIONS"].pop("pool", None)  # a pool keeps test databases from being dropped
