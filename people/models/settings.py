"""What a body sets for itself: its name and mark, and its own numbers."""

from django.core.cache import caches
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting

CACHE_KEY = "identity"


class Identity(BaseGenericSetting):
    """The host body's name and mark, shown on every page, mail and certificate."""

    organisation_name = models.CharField(_("organisation name"), max_length=120, default="Your organisation")
    mark = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("mark"),
        help_text=_("A small square picture. Without one, two rings are shown."),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    contact_email = models.EmailField(_("contact address"), default="help@example.org")

    panels = [FieldPanel("organisation_name"), FieldPanel("mark"), FieldPanel("contact_email")]

    class Meta:
        verbose_name = _("Name and mark")

    def __str__(self) -> str:
        return self.organisation_name

    @classmethod
    def current(cls) -> "Identity":
        """The body's identity with `mark_url`, kept for a minute so that no page pays a query for its frame."""
        found = caches["local"].get(CACHE_KEY)
        if found is None:
            found = cls.load()
            found.mark_url = found.mark.get_rendition("fill-72x72").url if found.mark else ""
            caches["local"].set(CACHE_KEY, found, 60)
        return found


class PolicyValue(models.Model):
    """A number that this body sets differently from the default in people/policy.py (DOMAIN G)."""

    key = models.CharField(max_length=60, unique=True)
    value = models.PositiveIntegerField(_("value"))

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"
