"""Good practice: a library and its cases. A case is published only with the partner's recorded agreement."""

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.search import index

from cms.querysets import PracticeCaseQuerySet
from partnerships.framework import behaviour_choices

PAGE_SIZE = 24
CASE_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
TOWARDS_PUBLICATION = ("action-publish", "action-submit", "action-restart-workflow", "action-workflow-action")
NO_AGREEMENT = _(
    "This case cannot be published yet: record which partner organisation agreed to it, who said so, and on which day."
)


class PracticeIndexPage(Page):
    """The library. Its cases can be narrowed down by behaviour, with an address that can be shared."""

    is_public = True

    lead = models.TextField(_("lead"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.PracticeCasePage"]
    max_count = 1
    template = "cms/practice_index_page.html"

    class Meta:
        verbose_name = _("good-practice library")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        chosen = request.GET.get("behaviour", "")
        choices = [(behaviour.slug, text.short_name) for behaviour, text in behaviour_choices()]
        chosen = chosen if chosen in dict(choices) else ""
        cases = PracticeCasePage.objects.for_library(under=self, behaviour=chosen)
        found = Paginator(cases, PAGE_SIZE).get_page(request.GET.get("page"))
        return {**context, "cases": found, "behaviours": choices, "chosen": chosen}


class PracticeCaseForm(WagtailAdminPageForm):
    """Behaviours by their plain names; publishing needs the partner's agreement, a draft does not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_publishing = any(name in self.data for name in TOWARDS_PUBLICATION)
        if "behaviours" in self.fields:
            names = {behaviour.pk: text.short_name for behaviour, text in behaviour_choices()}
            self.fields["behaviours"].label_from_instance = lambda behaviour: names.get(behaviour.pk, str(behaviour))

    def clean(self):
        cleaned = super().clean()
        agreement = ("agreed_organisation", "agreed_name", "agreed_on")
        if self.is_publishing and not all(cleaned.get(name) for name in agreement):
            raise ValidationError(NO_AGREEMENT)
        return cleaned


class PracticeCasePage(Page):
    """What people tried together: problem, what they did, what changed, and what failed (S42)."""

    is_public = True
    base_form_class = PracticeCaseForm

    place = models.CharField(_("place"), max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    summary = models.TextField(_("in short"), max_length=400)
    problem = RichTextField(_("the problem"), features=CASE_FEATURES)
    what_we_did = RichTextField(_("what we did"), features=CASE_FEATURES)
    what_changed = RichTextField(_("what changed"), features=CASE_FEATURES)
    what_failed = RichTextField(_("what failed"), features=CASE_FEATURES)
    try_this = models.TextField(_("try this"), help_text=_("One thing that a reader can do this week."))
    behaviours = ParentalManyToManyField("partnerships.Behaviour", verbose_name=_("behaviours"), related_name="+")
    organisations = models.TextField(_("organisations"), help_text=_("One on each line."))
    agreed_organisation = models.CharField(_("partner organisation"), max_length=200, blank=True)
    agreed_name = models.CharField(_("who agreed"), max_length=200, blank=True)
    agreed_on = models.DateField(_("on"), null=True, blank=True)

    objects = PageManager.from_queryset(PracticeCaseQuerySet)()

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("place"), FieldPanel("year"), FieldPanel("summary")], _("In short")),
        FieldPanel("problem"),
        FieldPanel("what_we_did"),
        FieldPanel("what_changed"),
        FieldPanel("what_failed"),
        FieldPanel("try_this"),
        FieldPanel("behaviours"),
        FieldPanel("organisations"),
        MultiFieldPanel(
            [FieldPanel("agreed_organisation"), FieldPanel("agreed_name"), FieldPanel("agreed_on")],
            heading=_("The partner agreed to this text"),
        ),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("problem")]
    parent_page_types = ["cms.PracticeIndexPage"]
    subpage_types: list[str] = []
    template = "cms/practice_case_page.html"

    class Meta:
        verbose_name = _("good-practice case")

    def publish(self, revision, *args, **kwargs):
        """Refuse to publish a text without the partner's agreement, whatever way it comes."""
        if not revision.as_object().has_agreement:
            raise ValidationError(NO_AGREEMENT)
        return super().publish(revision, *args, **kwargs)

    @property
    def organisation_names(self) -> list[str]:
        """The organisations, one entry each."""
        return [line.strip() for line in self.organisations.splitlines() if line.strip()]

    @property
    def has_agreement(self) -> bool:
        """True when organisation, name and day of the partner's agreement are all recorded."""
        return bool(self.agreed_organisation and self.agreed_name and self.agreed_on)

    def get_context(self, request, *args, **kwargs):
        from cms.practice import modules_for_case  # practice.py reads these models

        context = super().get_context(request, *args, **kwargs)
        return {**context, "modules": modules_for_case(self), "behaviour_links": self.behaviour_links()}

    def behaviour_links(self) -> list[tuple[str, str]]:
        """Address part and plain name of each behaviour of this case, in the framework's order."""
        ids = {behaviour.pk for behaviour in self.behaviours.all()}
        return [(behaviour.slug, text.short_name) for behaviour, text in behaviour_choices() if behaviour.pk in ids]
