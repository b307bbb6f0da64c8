"""Attendance of one date, and the figures of who was in the room."""

from rest_framework import serializers

from training.afterwards.attendance import mark_of
from training.enums import Presence

MARKS = [("", "Not marked"), *Presence.choices]
LARGEST = 2**31 - 1


class AttendanceRowSerializer(serializers.Serializer):
    """Somebody who holds a place, and whether they were there."""

    place = serializers.IntegerField(source="pk", help_text="The number of their place.")
    name = serializers.CharField()
    organisation = serializers.CharField(source="organisation_label")
    is_walk_in = serializers.BooleanField(help_text="True for somebody who came without a place.")
    presence = serializers.SerializerMethodField()

    def get_presence(self, place) -> str:
        """`full`, `part`, `apologies`, `no_show`; empty when nobody has said."""
        return mark_of(place)


class MarkSerializer(serializers.Serializer):
    """A mark as it was read and as it is wanted."""

    place = serializers.IntegerField(min_value=1, max_value=LARGEST)
    seen = serializers.ChoiceField(MARKS, allow_blank=True, help_text="The mark as it was read.")
    presence = serializers.ChoiceField(
        MARKS, allow_blank=True, help_text="The mark as it is wanted; empty to clear it."
    )


class MarksSerializer(serializers.Serializer):
    """Marks of one date."""

    marks = MarkSerializer(many=True, max_length=200)

    def validate_marks(self, value):
        """As many as one page shows."""
        if len(value) > 100:
            raise serializers.ValidationError("Send at most 100 marks at once.")
        return value


class StandsSerializer(serializers.Serializer):
    """A mark that somebody else has set meanwhile, and that stands."""

    place = serializers.IntegerField()
    name = serializers.CharField()
    presence = serializers.CharField()


class KeptSerializer(serializers.Serializer):
    """What became of the marks."""

    written = serializers.IntegerField(help_text="How many were changed.")
    changed_elsewhere = StandsSerializer(many=True, help_text="Marked otherwise meanwhile by somebody else.")
    here = serializers.IntegerField(help_text="How many people are here.")
    not_marked = serializers.IntegerField(help_text="Of how many nobody has said anything.")


class CountSerializer(serializers.Serializer):
    """How many were marked."""

    count = serializers.IntegerField()


class WalkInSerializer(serializers.Serializer):
    """Somebody in the door: a name is enough."""

    name = serializers.CharField(max_length=1000, allow_blank=True, help_text="At most 200 characters.")
    email = serializers.CharField(
        max_length=254, required=False, allow_blank=True, help_text="Only if they want to give one. Never shown again."
    )
    organisation = serializers.CharField(
        max_length=1000, required=False, allow_blank=True, help_text="Empty for somebody who comes for themselves."
    )


class LineSerializer(serializers.Serializer):
    """A group, or small groups together."""

    label = serializers.CharField()
    count = serializers.IntegerField()
    of = serializers.IntegerField()
    percent = serializers.IntegerField()
    sessions = serializers.IntegerField(allow_null=True)


class TableSerializer(serializers.Serializer):
    """A question, who is counted, and the lines; without lines, why there are none."""

    key = serializers.CharField(help_text="For programs; stays the same.")
    title = serializers.CharField()
    about = serializers.CharField()
    lines = LineSerializer(many=True)
    nothing = serializers.CharField(help_text="Why there are no lines.")


class ParticipationSerializer(serializers.Serializer):
    """Who is in the room, as numbers. Nothing of it is about a person."""

    sessions = serializers.IntegerField()
    people = serializers.IntegerField(help_text="Places: somebody who comes to three sessions counts three times.")
    least = serializers.IntegerField(help_text="The smallest group whose number is shown by itself.")
    tables = TableSerializer(many=True)


class YearSerializer(ParticipationSerializer):
    """The same of a year."""

    year = serializers.IntegerField()
    years = serializers.ListField(child=serializers.IntegerField(), help_text="The years that can be asked for.")
