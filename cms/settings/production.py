"""Production: everything that must be given is read here and stops the start when it is missing."""

from cms import logs
from cms.settings.base import *  # noqa: F403
from cms.settings.base import SITE_URL, STORAGES, read
from cms.settings.env import WrongSetting

DEBUG = False
SECRET_KEY = read("str", "SECRET_KEY")
ALLOWED_HOSTS = read("list", "ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
_mail = read("dj_email_url", "MAIL_URL")
if not _mail.get("EMAIL_BACKEND"):  # an unknown scheme would fall back to a server on this machine
    raise WrongSetting.of("MAIL_URL", "it begins with no known scheme, such as smtp:// or smtps://")
globals().update(_mail)
EMAIL_TIMEOUT = 10
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = read("bool", "SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "structlog.stdlib.ProcessorFormatter", "processors": [logs.json_renderer]}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": read("str", "LOG_LEVEL", "INFO")},
}
logs.configure()
