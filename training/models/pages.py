"""What editors write: modules and their units. What people do with them stands in progress.py."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks as wagtail_blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from people.transitions import Refused
from training.blocks import CheckQuestions, UnitBody, pieces, question_data, sections
from training.enums import Change, CompletionRule
from training.page_form import LearningPageForm
from training.querysets import ModuleManager, UnitManager

RESERVED_MODULE_SLUGS = ("record",)  # /learning/record/ is everybody's own learning record
RESERVED_SLUGS = ("check", "complete", "confidence", "renew", "result", "start")


def _keep_clear_of(taken: tuple[str, ...], slug: str) -> None:
    if slug in taken:
        raise ValidationError({"slug": gettext("This address is taken by the system. Choose another one.")})


class LearningIndexPage(Page):
    """The place in the page tree where modules stand. Readers see the catalogue of /learning/ instead."""

    parent_page_types = ["cms.HomePage"]
    subpage_types = ["training.ModulePage"]
    max_count = 1

    class Meta:
        verbose_name = _("learning")


class Edition(models.Model):
    """A text that is published in editions: a material change begins a new one, a small correction does not."""

    edition = models.PositiveIntegerField(_("edition"), default=1, editable=False)
    change = models.CharField(
        _("small correction or material change?"),
        max_length=10,
        choices=Change.choices,
        blank=True,
        help_text=_("A material change is one that somebody who finished earlier ought to know of."),
    )

    class Meta:
        abstract = True

    def publication_problems(self) -> list[str]:
        """One sentence for everything that must be there before people read this."""
        return []

    def publish(self, revision, *args, **kwargs):
        """Publish, refusing an unfinished text and counting the edition when the change was material."""
        page = revision.as_object()
        if problems := page.publication_problems():
            raise Refused(*problems)  # a moderator, too, is shown the sentences
        revision.content["edition"] = self._next_edition(revision, page)
        revision.save(update_fields=["content"])
        return super().publish(revision, *args, **kwargs)

    def _next_edition(self, revision, page) -> int:
        live = type(self).objects.only("edition", "live_revision", "first_published_at").get(pk=self.pk)
        is_later = page.go_live_at is not None and page.go_live_at > timezone.now()
        is_same = live.live_revision_id == revision.pk
        if is_later or is_same or live.first_published_at is None or page.change != Change.MATERIAL:
            return live.edition
        self.material_change()
        return live.edition + 1

    def material_change(self) -> None:
        """What else a material change touches."""


class ModulePage(Edition, Page):  # noqa: DJ008 (Page has __str__)
    """A module: what staff and partners learn in about 40 minutes, and what has to be done for its certificate."""

    summary = models.TextField(_("summary"), max_length=500)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=40, validators=[MinValueValidator(1)])
    behaviours = ParentalManyToManyField("partnerships.Behaviour", verbose_name=_("behaviours"), related_name="+")
    outcomes = StreamField(
        [("outcome", wagtail_blocks.CharBlock(max_length=250))],
        verbose_name=_("what people can do afterwards"),
        use_json_field=True,
        blank=True,
    )
    completion_rule = models.CharField(
        _("what has to be done"), max_length=30, choices=CompletionRule.choices, default=CompletionRule.UNITS_AND_CHECK
    )
    check_intro = models.TextField(_("introduction to the final check"), max_length=500, blank=True)
    check_questions = StreamField(
        CheckQuestions(required=False), verbose_name=_("questions of the final check"), blank=True
    )
    pass_mark = models.PositiveSmallIntegerField(_("pass mark"), default=6, help_text=_("Right answers needed."))
    tries = models.PositiveSmallIntegerField(
        _("tries"), null=True, blank=True, default=3, help_text=_("Empty: as often as people like.")
    )
    validity_months = models.PositiveSmallIntegerField(
        _("certificate valid for, in months"),
        null=True,
        blank=True,
        help_text=_("Empty: as this body has set for all modules."),
    )
    partner_reviewer_name = models.CharField(
        _("partner reviewer"),
        max_length=120,
        blank=True,
        help_text=_("A person from outside who has read the module and agrees to be named."),
    )
    partner_reviewer_organisation = models.CharField(_("their organisation"), max_length=120, blank=True)

    objects = ModuleManager()

    base_form_class = LearningPageForm
    parent_page_types = ["training.LearningIndexPage"]
    subpage_types = ["training.UnitPage"]
    search_fields = []
    is_public = False

    content_panels = [
        *Page.content_panels,
        FieldPanel("change"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("minutes"), FieldPanel("validity_months")]),
        FieldPanel("behaviours"),
        FieldPanel("outcomes"),
        MultiFieldPanel(
            [FieldPanel("partner_reviewer_name"), FieldPanel("partner_reviewer_organisation")],
            heading=_("Partner review"),
        ),
        FieldPanel("completion_rule"),
        MultiFieldPanel(
            [
                HelpPanel(content=_("Save the module as a draft, publish its units, then publish the module.")),
                FieldPanel("check_intro"),
                FieldRowPanel([FieldPanel("pass_mark"), FieldPanel("tries")]),
                FieldPanel("check_questions"),
            ],
            heading=_("Final check"),
        ),
    ]

    class Meta:
        verbose_name = _("module")

    @property
    def rule(self) -> CompletionRule:
        """The rule with its questions."""
        return CompletionRule(self.completion_rule)

    def check_paper(self) -> dict:
        """The final check as it is handed out now: everything needed to mark it later."""
        questions = [
            question_data(block)
            | {"topic": block.value["topic"], "unit": block.value["unit"].pk if block.value["unit"] else None}
            for block in self.check_questions
        ]
        return {"questions": questions, "pass_mark": self.pass_mark, "tries": self.tries, "edition": self.edition}

    def clean(self) -> None:
        """Keep clear of the addresses that stand beside modules."""
        super().clean()
        _keep_clear_of(RESERVED_MODULE_SLUGS, self.slug)

    def publication_problems(self) -> list[str]:
        """What is still missing, each with its sentence."""
        units = UnitPage.objects.live().child_of(self) if self.pk else UnitPage.objects.none()
        return [*self._review_problems(), *self._check_problems(), *self._unit_problems(list(units))]

    def get_preview_template(self, request, mode_name) -> str:
        """The reader's own page."""
        return "learning/module.html"

    def get_preview_context(self, request, mode_name) -> dict:
        """The page as somebody sees it who has not started."""
        units = list(UnitPage.objects.child_of(self).with_start(None)) if self.pk else []
        return {"request": request, "module": self, "units": units, "start": None, "is_preview": True}

    def _review_problems(self) -> list[str]:
        problems = []
        if not (self.partner_reviewer_name.strip() and self.partner_reviewer_organisation.strip()):
            problems.append(gettext("Name the person from a partner who reviewed this module, and their organisation."))
        if not self.behaviours.all():
            problems.append(gettext("Choose at least one behaviour that the module is about."))
        return problems

    def _check_problems(self) -> list[str]:
        if not self.rule.asks_check:
            return []
        count = len(self.check_questions)
        if not count:
            return [
                gettext(
                    "This module asks for a final check, but it has no questions. Add some, or change what is asked."
                )
            ]
        if not 1 <= self.pass_mark <= count:
            return [
                gettext("The pass mark must be between 1 and the number of questions, %(count)s.") % {"count": count}
            ]
        if self.tries == 0:
            return [gettext("Give at least one try, or leave the tries empty.")]
        return []

    def _unit_problems(self, units: list["UnitPage"]) -> list[str]:
        if not units:
            return [
                gettext(
                    "This module has no published unit yet. Save it as a draft, publish its units, then publish it."
                )
            ]
        if self.rule.asks_try and not any(unit.try_it_ids() for unit in units):
            return [gettext("This module asks for a try-it step, but none of its published units has one.")]
        return []


class UnitPage(Edition, Page):  # noqa: DJ008 (Page has __str__)
    """A unit of 8 to 10 minutes: reading, examples from either chair, questions, something to try."""

    aim = models.CharField(_("aim"), max_length=250, help_text=_("By the end of this unit you can…"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=8, validators=[MinValueValidator(1)])
    body = StreamField(UnitBody(), verbose_name=_("content"))

    objects = UnitManager()

    base_form_class = LearningPageForm
    parent_page_types = ["training.ModulePage"]
    subpage_types: list[str] = []
    search_fields = []
    is_public = False

    content_panels = [
        *Page.content_panels,
        FieldPanel("change"),
        FieldPanel("aim"),
        FieldPanel("minutes"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("unit")

    def clean(self) -> None:
        """Keep clear of the addresses that stand beside units."""
        super().clean()
        _keep_clear_of(RESERVED_SLUGS, self.slug)

    def try_it_ids(self) -> list[str]:
        """Ids of the steps to try."""
        return [block.id for block in self.body if block.block_type == "try_it"]

    def question_count(self) -> int:
        """How many practice questions it has."""
        return sum(block.block_type == "question" for block in self.body)

    def publication_problems(self) -> list[str]:
        """What is still missing; blocks say themselves what they lack."""
        return [gettext("The unit has no content yet.")] if not self.body else []

    def material_change(self) -> None:
        """A unit that changed materially makes a new edition of its module."""
        ModulePage.objects.filter(pk=self.get_parent().pk).update(edition=F("edition") + 1)

    def get_preview_template(self, request, mode_name) -> str:
        """The reader's own page."""
        return "learning/unit.html"

    def get_preview_context(self, request, mode_name) -> dict:
        """The page without anybody's progress."""
        module = self.get_parent().specific
        units = list(UnitPage.objects.child_of(module).with_start(None))
        number = _number(self, units)
        return {
            "request": request, "module": module, "unit": self, "units": units,
            "number": number, "total": max(number, len(units)),  # a unit that was never saved is not among them
            "sections": sections(pieces(self.body)), "is_preview": True,
        }  # fmt: skip


def _number(unit: UnitPage, units: list[UnitPage]) -> int:
    return next((n for n, other in enumerate(units, 1) if other.pk == unit.pk), len(units) + 1)
