"""What is sent with the moves of a review, and beside them. Each move asks its own questions (workflow/reviews.py)."""

from rest_framework import serializers

from appraisal.responding import GIVEN_ANSWERS
from people.rest.schema import for_example

NUMBER = {"min_value": 1, "max_value": 5}


@for_example(text="1f0c2d")
class HandInSerializer(serializers.Serializer):
    """Which text is handed in."""

    text = serializers.CharField(
        max_length=60, help_text="`text` of `…/draft/`: nobody signs or sends what they have not read."
    )


@for_example(talk_on="2026-03-17")
class TalkInputSerializer(serializers.Serializer):
    """The day of the talk."""

    talk_on = serializers.DateField()


class PointInputSerializer(serializers.Serializer):
    """What is seen differently about one behaviour."""

    behaviour = serializers.IntegerField(**NUMBER, help_text="Its number in the review.")
    words = serializers.CharField(max_length=3000, allow_blank=True)


class ReviewAnswerInputSerializer(serializers.Serializer):
    """What the person says to the review."""

    answer = serializers.ChoiceField(choices=[answer.value for answer in GIVEN_ANSWERS])
    words = serializers.CharField(max_length=3000, allow_blank=True, required=False, default="")
    points = PointInputSerializer(many=True, required=False, default=list, max_length=5)


@for_example(words="I have read both sides.")
class FairInputSerializer(serializers.Serializer):
    """What the second manager adds to their signature."""

    words = serializers.CharField(max_length=2000, allow_blank=True, required=False, default="")


@for_example(reason="The level of the third behaviour rests on one example.")
class LookAgainInputSerializer(serializers.Serializer):
    """Why the manager should look again."""

    reason = serializers.CharField(max_length=1000, allow_blank=True, help_text="Both read it.")


@for_example(reply="Both examples were read again.", seen="")
class PointReplyInputSerializer(serializers.Serializer):
    """The second manager's words to one point."""

    reply = serializers.CharField(max_length=3000, allow_blank=True)
    seen = serializers.CharField(max_length=60, allow_blank=True, help_text="`seen` of the point, as it was read.")


class PointReplySerializer(serializers.Serializer):
    """What is saved, for its writer alone until they decide."""

    id = serializers.IntegerField(source="pk")
    reply = serializers.CharField()
    seen = serializers.CharField(source="seen_mark")
