"""What somebody says after booking, all of it by choice, and what they need in order to take part."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from people.rest.moves import MovesField
from training.booking.getting_ready import readers_of, support_choices
from training.models import AccessNeed

LARGEST = 2**31 - 1


class ReaderSerializer(serializers.Serializer):
    """Somebody who leads the session and may be let read a need."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class NeedSerializer(serializers.ModelSerializer):
    """Something that the caller needs in order to take part."""

    state = serializers.CharField(help_text="`asked`, `arranged`, `partly` or `not_possible`.")
    place = serializers.IntegerField(source="place_id")
    readers = ReaderSerializer(many=True, help_text="Who may read it beside those who answer.")
    moves = MovesField()

    class Meta:
        model = AccessNeed
        fields = ["id", "place", "state", "words", "answer", "readers", "moves"]


class NeedTextSerializer(serializers.Serializer):
    """What one needs, and who else may read it."""

    words = serializers.CharField(max_length=1000, allow_blank=True, help_text="At most 300 characters.")
    readers = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST),
        max_length=100,
        required=False,
        help_text="Ids of those who may be let read it; nobody when it is left out.",
    )


class SupportSerializer(serializers.Serializer):
    """A kind of support that this session offers."""

    value = serializers.CharField()
    name = serializers.CharField()


class GettingReadySerializer(serializers.Serializer):
    """What the caller brings and needs from the others. Made from their place."""

    brings = serializers.CharField(help_text="Read by whoever prepares the session.")
    needs_from_others = serializers.CharField(help_text="Read by whoever prepares the session.")
    support = serializers.CharField(help_text="Read by the co-ordinators and the deputy; empty when not said.")
    support_offered = serializers.SerializerMethodField()
    always_read_by = serializers.SerializerMethodField()
    may_be_let_read = serializers.SerializerMethodField()
    access_needs = serializers.SerializerMethodField()

    @extend_schema_field(SupportSerializer(many=True))
    def get_support_offered(self, place):
        """What may be asked for; empty when nothing is offered."""
        return [{"value": value, "name": str(name)} for value, name in support_choices(place.session)]

    def get_always_read_by(self, place) -> list[str]:
        """Who reads access needs without being asked: those who answer."""
        return readers_of(place.session).always

    @extend_schema_field(ReaderSerializer(many=True))
    def get_may_be_let_read(self, place):
        """Who else may be let read an access need."""
        return ReaderSerializer(readers_of(place.session).may_be_ticked, many=True).data

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_access_needs(self, place):
        """Ids of the caller's own needs: `GET /api/v1/access-needs/`."""
        return [row.pk for row in place.access_needs.all()]


class AboutSerializer(serializers.Serializer):
    """What is said anew; what is left out stays."""

    brings = serializers.CharField(
        max_length=1000, required=False, allow_blank=True, help_text="At most 300 characters."
    )
    needs_from_others = serializers.CharField(
        max_length=1000, required=False, allow_blank=True, help_text="At most 300 characters."
    )
    support = serializers.CharField(
        max_length=20, required=False, allow_blank=True, help_text="One of `support_offered`, or empty."
    )
