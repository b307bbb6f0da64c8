"""My learning record, and what is asked of me."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from training.enums import RequiredState
from training.required.words import said_of, why_words
from training.serializers.content import whole


class DoneSerializer(serializers.Serializer):
    """A module that was completed or a session that was attended."""

    kind = serializers.CharField(help_text="`module`, `session`, or `certificate` when only that is left.")
    title = serializers.CharField()
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    minutes = serializers.IntegerField()
    note = serializers.CharField()
    organisation = serializers.CharField(help_text="For whom one came to a session.")
    certificate = serializers.SerializerMethodField()

    def get_certificate(self, row) -> str | None:
        """Code of its certificate."""
        return row.certificate.code if row.certificate else None


class PlannedSerializer(serializers.Serializer):
    """A module that was begun or a session to come."""

    kind = serializers.CharField(help_text="`module` or `session`.")
    title = serializers.CharField()
    on = serializers.DateField(allow_null=True)
    status = serializers.CharField()
    page = serializers.SerializerMethodField()

    def get_page(self, row) -> str:
        """Its page on the site."""
        return whole(row.url)


class WrittenSerializer(serializers.Serializer):
    """What somebody wrote for themselves while learning."""

    prompt = serializers.CharField()
    text = serializers.CharField()
    unit = serializers.CharField()
    module = serializers.CharField()
    on = serializers.DateField()


class OwedSerializer(serializers.Serializer):
    """Something that is required of the caller, or asked of a partner, and where they stand with it."""

    title = serializers.CharField(source="required.title")
    module = serializers.SerializerMethodField()
    session = serializers.IntegerField(source="required.session_id", allow_null=True, help_text="The joint session.")
    state = serializers.CharField(help_text="`due`, `overdue`, `done` or `excepted`.")
    due = serializers.DateField(allow_null=True)
    done_on = serializers.DateField(allow_null=True)
    is_owed = serializers.BooleanField(
        source="is_staff", help_text="False for partners: they are asked, and may say no."
    )
    words = serializers.SerializerMethodField()
    why = serializers.SerializerMethodField()
    excepted_because = serializers.SerializerMethodField()

    def get_module(self, one) -> str | None:
        """Slug of the module."""
        return one.required.module.slug if one.required.module_id else None

    def get_words(self, one) -> str:
        """Where one stands, as the page says it."""
        return str(said_of(one).words)

    def get_why(self, one) -> str:
        """Of whom it is required and why."""
        return why_words(one)

    def get_excepted_because(self, one) -> str | None:
        """Why the caller need not do it."""
        return one.exception.reason if one.state == RequiredState.EXCEPTED and one.exception else None


class LearningRecordSerializer(serializers.Serializer):
    """All of it. It stays with the person, whoever they work for."""

    minutes = serializers.IntegerField(help_text="Of everything that was done.")
    minutes_of_the_year = serializers.IntegerField(help_text="Of the last twelve months.")
    required = serializers.SerializerMethodField()
    planned = PlannedSerializer(many=True)
    done = DoneSerializer(many=True)
    written = WrittenSerializer(many=True)

    @extend_schema_field(OwedSerializer(many=True))
    def get_required(self, record):
        """What is asked of the caller."""
        return OwedSerializer([one for one, _said, _why in record.required], many=True).data
