"""Modules, units, and how far somebody is in them."""

from django.utils.safestring import SafeString, mark_safe
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from people.rest.schema import for_example
from training.enums import CompletionRule
from training.forms.learning import FEW_WORDS, TOO_LONG
from training.outline import coming_sessions
from training.progress import withdrawn_titles
from training.renewal import renewal_of
from training.serializers.content import BlocksField

MOST_QUESTIONS = 500


class BehaviourNameSerializer(serializers.Serializer):
    """A behaviour, by name."""

    slug = serializers.CharField()
    name = serializers.CharField()


def named_behaviours(view, module) -> list[dict[str, str]]:
    """The behaviours of a module that have words in the version in force."""
    names = view.behaviour_names
    return [{"slug": row.slug, "name": names[row.pk]} for row in module.behaviours.all() if row.pk in names]


class ProgressSerializer(serializers.Serializer):
    """How far the caller is. Nobody else sees more of it than that a module was completed."""

    status = serializers.CharField(help_text="`not-started`, `in-progress` or `completed`.")
    started_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True)
    completed_edition = serializers.IntegerField(allow_null=True, help_text="The edition it was earned on.")
    units_done = serializers.IntegerField()
    units_required = serializers.IntegerField(help_text="Of the list that was frozen at the start.")


class ModuleRowSerializer(serializers.Serializer):
    """A module in the catalogue."""

    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    minutes = serializers.IntegerField()
    edition = serializers.IntegerField(help_text="Goes up when the text changes materially.")
    unit_count = serializers.SerializerMethodField()
    behaviours = serializers.SerializerMethodField()
    progress = serializers.SerializerMethodField()

    def get_unit_count(self, module) -> int:
        """Units that can be read."""
        return module.unit_count or 0

    @extend_schema_field(BehaviourNameSerializer(many=True))
    def get_behaviours(self, module):
        """What it is about."""
        return named_behaviours(self.context["view"], module)

    def get_progress(self, module) -> ProgressSerializer:
        """How far the caller is."""
        status = "completed" if module.completed_at else "in-progress" if module.start_id else "not-started"
        rows = {
            "status": status,
            "started_at": module.started_at,
            "completed_at": module.completed_at,
            "completed_edition": module.completed_edition,
            "units_done": module.units_done or 0,
            "units_required": module.units_required or 0,
        }
        return ProgressSerializer(rows).data


class UnitRowSerializer(serializers.Serializer):
    """A unit in the outline of a module."""

    slug = serializers.CharField()
    title = serializers.CharField()
    minutes = serializers.IntegerField()
    edition = serializers.IntegerField()
    is_required = serializers.SerializerMethodField()
    finished_at = serializers.DateTimeField(allow_null=True)

    def get_is_required(self, unit) -> bool:
        """True when it counts for the round the caller is in."""
        return unit.required_position is not None


class LeftSerializer(serializers.Serializer):
    """What is still to do before the module is completed."""

    units_left = serializers.IntegerField()
    minutes_left = serializers.IntegerField()
    check_open = serializers.BooleanField(help_text="True when the final check is asked for and all units are done.")
    check_passed = serializers.BooleanField()
    waits_for_try = serializers.BooleanField(help_text="True while the step away from the screen is still to do.")
    waits_for_session = serializers.BooleanField(help_text="True while a joint session is still to be attended.")


class RenewalSerializer(serializers.Serializer):
    """A certificate that can be renewed by going through the module again."""

    certificate = serializers.CharField(source="certificate.code")
    valid_until = serializers.DateField(source="certificate.expires_on")
    opens_on = serializers.DateField(help_text="The first day on which it can be renewed.")
    is_open = serializers.BooleanField()
    is_begun = serializers.BooleanField(source="begun")
    has_lapsed = serializers.BooleanField()


class ModuleSessionSerializer(serializers.Serializer):
    """A joint session of the module that is still to come."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    starts_at = serializers.DateTimeField(allow_null=True)


class ModuleSerializer(serializers.Serializer):
    """A module, where the caller stands in it, and what comes next. Made from an outline.Outline."""

    slug = serializers.CharField(source="module.slug")
    title = serializers.CharField(source="module.title")
    summary = serializers.CharField(source="module.summary")
    minutes = serializers.IntegerField(source="module.minutes")
    edition = serializers.IntegerField(source="module.edition")
    behaviours = serializers.SerializerMethodField()
    outcomes = serializers.SerializerMethodField()
    completion_rule = serializers.ChoiceField(CompletionRule.choices, source="module.completion_rule")
    reviewed_by = serializers.SerializerMethodField()
    units = UnitRowSerializer(many=True)
    progress = serializers.SerializerMethodField()
    next_unit = serializers.SerializerMethodField()
    left = serializers.SerializerMethodField()
    withdrawn_units = serializers.SerializerMethodField()
    renewal = serializers.SerializerMethodField()
    sessions = serializers.SerializerMethodField()

    @extend_schema_field(BehaviourNameSerializer(many=True))
    def get_behaviours(self, where):
        """What it is about."""
        return named_behaviours(self.context["view"], where.module)

    def get_withdrawn_units(self, where) -> list[str]:
        """Titles of units that were withdrawn since the caller began: they are not needed any more."""
        return withdrawn_titles(where.start) if where.start and not where.completion else []

    @extend_schema_field(RenewalSerializer(allow_null=True))
    def get_renewal(self, where):
        """The certificate that can be renewed, now or later."""
        found = renewal_of(self.context["request"].user, where.module, where.start)
        return RenewalSerializer(found).data if found else None

    @extend_schema_field(ModuleSessionSerializer(many=True))
    def get_sessions(self, where):
        """The next joint sessions of this module."""
        return ModuleSessionSerializer(coming_sessions(where.module), many=True).data

    def get_outcomes(self, where) -> list[str]:
        """What people can do afterwards."""
        return [row.value for row in where.module.outcomes]

    def get_reviewed_by(self, where) -> str:
        """Who from a partner has read it before it was published."""
        names = (where.module.partner_reviewer_name, where.module.partner_reviewer_organisation)
        return ", ".join(name for name in names if name)

    def get_progress(self, where) -> ProgressSerializer:
        """How far the caller is."""
        start, done = where.start, where.completion
        rows = {
            "status": "completed" if done else "in-progress" if start else "not-started",
            "started_at": start and start.started_at,
            "completed_at": done and done.at,
            "completed_edition": done and done.edition,
            "units_done": where.done if start else 0,
            "units_required": where.total,
        }
        return ProgressSerializer(rows).data

    def get_next_unit(self, where) -> str | None:
        """The slug of the unit to go on with."""
        return where.resume.slug if where.resume else None

    def get_left(self, where) -> LeftSerializer:
        """What is still to do."""
        now = where.standing
        rows = {name: getattr(now, name) for name in LeftSerializer().fields if name != "minutes_left"}
        return LeftSerializer(rows | {"minutes_left": where.minutes_left}).data


class UnitSerializer(serializers.Serializer):
    """A unit with its text, and what the caller wrote in it."""

    slug = serializers.CharField()
    title = serializers.CharField()
    aim = serializers.CharField()
    minutes = serializers.IntegerField()
    edition = serializers.IntegerField()
    number = serializers.IntegerField(help_text="Its place in the module, from 1.")
    finished_at = serializers.DateTimeField(allow_null=True)
    before = serializers.CharField(allow_null=True, help_text="Slug of the unit before it.")
    after = serializers.CharField(allow_null=True, help_text="Slug of the unit to read after it.")
    html = serializers.SerializerMethodField()
    blocks = BlocksField()

    def to_representation(self, unit):
        """The whole text once: each block is rendered a single time."""
        shown = super().to_representation(unit)
        return shown | {"html": mark_safe("\n".join(row["html"] for row in shown["blocks"]))}  # noqa: S308 (each is)

    def get_html(self, unit) -> str:
        """All blocks as one clean HTML text."""
        return SafeString("")


class AnswersSerializer(serializers.Serializer):
    """Answers by question. A question that is left out keeps what was saved; ids that nobody knows mean nothing."""

    answers = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(max_length=64), max_length=8),
        help_text="Ids of the chosen answers, by id of the question.",
    )

    def validate_answers(self, value):
        """Not more than a paper can hold."""
        if len(value) > MOST_QUESTIONS:
            raise serializers.ValidationError(f"Send at most {MOST_QUESTIONS} questions.")
        return value


class ReflectionTextSerializer(serializers.Serializer):
    """What somebody thinks, for themselves; empty to take it away."""

    text = serializers.CharField(max_length=4000, allow_blank=True, error_messages={"max_length": TOO_LONG})


class TryTextSerializer(serializers.Serializer):
    """What came of trying it."""

    text = serializers.CharField(
        max_length=4000, error_messages={"max_length": TOO_LONG, "blank": FEW_WORDS, "required": FEW_WORDS}
    )


class KeptTextSerializer(serializers.Serializer):
    """What is kept now; null when it was taken away."""

    text = serializers.CharField(allow_null=True)
    written_at = serializers.DateTimeField(allow_null=True)


class StartSerializer(serializers.Serializer):
    """How sure one feels before the module, if one wants to say."""

    confidence = serializers.IntegerField(
        min_value=1, max_value=5, required=False, allow_null=True, help_text="1 to 5. Only the caller sees it."
    )


@for_example(confidence=3)
class ConfidenceSerializer(serializers.Serializer):
    """How sure one feels after the module."""

    confidence = serializers.IntegerField(min_value=1, max_value=5, help_text="1 to 5. Only the caller sees it.")
