"""The public home page and plain pages (help, accessibility, privacy)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class SectionBlock(StructBlock):
    """One part of the home page under its own heading."""

    heading = CharBlock(label=_("Heading"), max_length=120)
    text = RichTextBlock(label=_("Text"), features=["bold", "italic", "ol", "ul", "link"])

    class Meta:
        icon = "doc-full"
        label = _("Section")


class HomePage(Page):
    """What a visitor sees before signing in: what this is for and where to start."""

    is_public = True

    lead = models.TextField(_("lead"), help_text=_("One or two sentences under the title."))
    sections = StreamField([("section", SectionBlock())], verbose_name=_("sections"))

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("sections")]
    search_fields = [*Page.search_fields, index.SearchField("lead")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "cms/home_page.html"

    class Meta:
        verbose_name = _("home page")


class StandardPage(Page):
    """A plain text page. Public pages are open to all, others to everyone signed in."""

    served_when_signed_in = True

    lead = models.TextField(_("lead"), blank=True)
    body = RichTextField(_("text"), features=TEXT_FEATURES)
    is_public = models.BooleanField(_("open to everyone"), default=True, help_text=_("Otherwise people must sign in."))

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body"), FieldPanel("is_public")]
    search_fields = [*Page.search_fields, index.SearchField("body")]
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]
    template = "cms/standard_page.html"

    class Meta:
        verbose_name = _("standard page")
