"""Development and the demo: SQLite, debug pages, mail readable in the browser."""

from cms.settings.base import *  # noqa: F403
from cms.settings.base import TEMPLATES, read

DEBUG = True
DEMO = read("bool", "DEMO", True)
SECRET_KEY = "development-only-not-a-secret-0123456789-0123456789-abcdef"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nothing leaves; mail is read at /dev/mail/
KEEP_SENT_MAIL = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http"
TEMPLATES[0]["OPTIONS"]["loaders"] = TEMPLATES[0]["OPTIONS"]["loaders"][0][1]  # edited templates show at once
