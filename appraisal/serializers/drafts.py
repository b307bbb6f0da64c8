"""One side of a review in the hands of its writer: what it holds, and what is sent to change it."""

from rest_framework import serializers

from appraisal.enums import RatingStatus
from appraisal.models.review import MOST_NEXT_STEPS
from appraisal.serializers.fields import KEY, NamedSerializer
from appraisal.serializers.reviews import ShownStepSerializer
from people.rest.schema import for_example

MARKS = ["", "1", "2", "3", "4", RatingStatus.NO_OPPORTUNITY.value, RatingStatus.NOT_SEEN.value]


class OfferedExampleSerializer(serializers.Serializer):
    """An example that can be ticked."""

    id = serializers.IntegerField()
    heading = serializers.CharField()
    happened_on = serializers.DateField()


class OfferedNoteSerializer(serializers.Serializer):
    """A note that can be ticked."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    text = serializers.CharField()
    seen_on = serializers.DateField()


class RatingSerializer(serializers.Serializer):
    """What one side has written about one behaviour."""

    number = serializers.IntegerField(source="rating.behaviour.number")
    slug = serializers.CharField(source="rating.behaviour.text.behaviour.slug")
    name = serializers.CharField(source="rating.behaviour.text.name")
    expected_level = serializers.IntegerField(source="rating.behaviour.level")
    mark = serializers.CharField(source="rating.mark", help_text="As it is sent: 1 to 4, or why not; empty for none.")
    words = serializers.CharField(source="rating.words")
    help = serializers.CharField(source="rating.help")
    examples = serializers.ListField(child=serializers.IntegerField(), help_text="Ticked ones, by number.")
    notes = serializers.ListField(child=serializers.IntegerField(), help_text="Ticked ones, by number.")
    missing = serializers.ListField(child=serializers.CharField(), help_text="What it lacks to be handed in.")
    version = serializers.IntegerField(source="rating.version", help_text="Its ETag.")


class DraftSerializer(serializers.Serializer):
    """One side of a review in the hands of its writer."""

    side = serializers.CharField(help_text="`self` or `manager`.")
    is_open = serializers.BooleanField(help_text="False when it is not written in (any more).")
    who_sees = serializers.CharField()
    text = serializers.CharField(help_text="Send it with the move that hands this side in.")
    behaviours = RatingSerializer(many=True)
    summary = serializers.CharField()
    next_steps = ShownStepSerializer(many=True, help_text="The manager's side alone has them.")
    version = serializers.IntegerField(help_text="The ETag of `…/draft/summary/`.")
    examples = OfferedExampleSerializer(many=True, help_text="What can be ticked.")
    notes = OfferedNoteSerializer(many=True, help_text="What can be ticked; for the manager.")
    modules = NamedSerializer(many=True, help_text="What next steps can point to.")


class RatingInputSerializer(serializers.Serializer):
    """What one side says of one behaviour; what is left out stays."""

    mark = serializers.ChoiceField(choices=MARKS, required=False, help_text="A level, why there is none, or nothing.")
    words = serializers.CharField(max_length=3000, allow_blank=True, required=False)
    help = serializers.CharField(
        max_length=1000, allow_blank=True, required=False, help_text="What would help you; the person's side alone."
    )
    examples = serializers.ListField(child=serializers.IntegerField(**KEY), max_length=500, required=False)
    notes = serializers.ListField(
        child=serializers.IntegerField(**KEY), max_length=500, required=False, help_text="The manager's side alone."
    )


class StepInputSerializer(serializers.Serializer):
    """What is to be done, by whom, until when."""

    what = serializers.CharField(max_length=300, allow_blank=True)
    owner = serializers.IntegerField(**KEY, help_text="The person or the line manager, by number.")
    due_on = serializers.DateField()
    module = serializers.SlugField(max_length=255, required=False, allow_null=True, help_text="Slug of a module.")


@for_example(summary="A year of early conversations.", next_steps=[])
class SummaryInputSerializer(serializers.Serializer):
    """The words overall, and the manager's next steps; what is left out stays."""

    summary = serializers.CharField(max_length=4000, allow_blank=True, required=False)
    next_steps = StepInputSerializer(many=True, required=False, max_length=MOST_NEXT_STEPS)


class SummarySerializer(serializers.Serializer):
    """The words overall, and what follows."""

    summary = serializers.CharField()
    next_steps = ShownStepSerializer(many=True)
    version = serializers.IntegerField(help_text="Its ETag.")
