"""A line manager's people, notes and next steps, as the API shows and reads them. No scores, no tries, no times."""

from rest_framework import serializers

from appraisal.enums import NoteKind
from appraisal.models import ManagerNote, NextStep
from appraisal.serializers.reviews import ShownStepSerializer
from people.rest.schema import for_example
from people.serializers import PersonSerializer


class NoteSerializer(serializers.ModelSerializer):
    """Something a manager saw, and the person's answer."""

    person = PersonSerializer()
    author = PersonSerializer()
    behaviour = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = ManagerNote
        fields = [
            "id",
            "kind",
            "behaviour",
            "person",
            "author",
            "seen_on",
            "text",
            "written_at",
            "answer",
            "answered_at",
        ]
        extra_kwargs = {"kind": {"help_text": "`good` or `concern`."}}


class NoteInputSerializer(serializers.Serializer):
    """What a manager saw or heard."""

    kind = serializers.ChoiceField(choices=NoteKind.choices)
    behaviour = serializers.SlugField(max_length=60, help_text="Slug of the behaviour it is about.")
    seen_on = serializers.DateField(help_text="Today or a day in the past.")
    text = serializers.CharField(max_length=2000, allow_blank=True)


@for_example(answer="I had told them a week before; here is the letter.")
class NoteAnswerInputSerializer(serializers.Serializer):
    """The person's words beside a note."""

    answer = serializers.CharField(max_length=2000, allow_blank=True)


class NoteKeptSerializer(serializers.Serializer):
    """That something is kept, without its words."""

    id = serializers.IntegerField()


class StepSerializer(ShownStepSerializer):
    """Something agreed in a closed review."""

    review = serializers.IntegerField(source="review_id")
    job_holder = PersonSerializer(source="review.job_holder")
    cycle = serializers.CharField(source="review.cycle.name")
    is_late = serializers.BooleanField()


@for_example(done=True)
class StepMarkSerializer(serializers.ModelSerializer):
    """Whether it is done."""

    done = serializers.BooleanField(write_only=True, help_text="False for: not done after all.")

    class Meta:
        model = NextStep
        fields = ["id", "done", "done_on"]
        read_only_fields = ["done_on"]


class TeamReviewSerializer(serializers.Serializer):
    """How far a review is, as My team shows it."""

    id = serializers.IntegerField(source="review.pk")
    cycle = serializers.CharField(source="review.cycle.name")
    state = serializers.CharField(source="review.state")
    turn = serializers.CharField(help_text="`me`, `others` or `closed`: who has to do something next.")
    action = serializers.CharField(source="next_up.action", default="", help_text="What comes next here.")
    waits = serializers.SerializerMethodField(help_text="For whom or what it waits.")
    self_assessment = serializers.CharField(source="own_assessment.words")
    managers_review = serializers.CharField(source="answers.words")
    talk = serializers.CharField(source="talk.words")

    def get_waits(self, row) -> str:
        """In the words of the page."""
        return row.next_up.waits if row.next_up else row.waits


class AgreedSerializer(serializers.Serializer):
    """A next step of the last closed review."""

    id = serializers.IntegerField()
    what = serializers.CharField()
    owner = PersonSerializer()
    due_on = serializers.DateField()
    done_on = serializers.DateField(allow_null=True)


class TeamRowSerializer(serializers.Serializer):
    """One post of the team."""

    id = serializers.IntegerField(source="post.pk", help_text="The post: somebody with two posts has two rows.")
    person = PersonSerializer(source="post.person")
    title = serializers.CharField(source="post.title")
    team = serializers.CharField(source="post.team.name")
    stands_in_for = serializers.SerializerMethodField(help_text="Whose people they are, when not one's own.")
    reviews = serializers.SerializerMethodField(help_text="Of the years that are open.")
    waits = serializers.SerializerMethodField(help_text="Why there is no review to open, where one is held up.")
    agreed = serializers.SerializerMethodField(help_text="What was agreed last, where no review is under way.")
    required_learning = serializers.SerializerMethodField(help_text="In one line: whether it was done, never how.")

    def get_stands_in_for(self, rows) -> PersonSerializer(allow_null=True):
        """The manager who is away."""
        return PersonSerializer(rows["cover"].manager).data if rows["cover"] else None

    def get_reviews(self, rows) -> TeamReviewSerializer(many=True):
        """None where one cannot be opened."""
        return TeamReviewSerializer([row for row in rows["rows"] if row.review], many=True).data

    def get_waits(self, rows) -> str:
        """In the words of the page."""
        return next((row.waits for row in rows["rows"] if row.waits), "")

    def get_agreed(self, rows) -> AgreedSerializer(many=True):
        """Of the last closed review."""
        return AgreedSerializer([step for row in rows["rows"] for step in row.steps], many=True).data

    def get_required_learning(self, rows) -> str:
        """Empty where nothing is required."""
        required = rows["rows"][0].required
        return str(required.words) if required else ""


class LearningSerializer(serializers.Serializer):
    """Something completed. Learning, not proof of a level."""

    title = serializers.CharField()
    completed_on = serializers.DateField()


class RequiredSerializer(serializers.Serializer):
    """Something the person has to learn, and how far it is in words."""

    title = serializers.CharField()
    said = serializers.CharField()


class TeamPersonSerializer(serializers.Serializer):
    """One person of the team, by post."""

    id = serializers.IntegerField(source="post.pk")
    person = PersonSerializer(source="post.person")
    title = serializers.CharField(source="post.title")
    team = serializers.CharField(source="post.team.name")
    reviews = TeamReviewSerializer(many=True)
    earlier_reviews = serializers.ListField(child=serializers.IntegerField(), help_text="Of years that are closed.")
    agreed = AgreedSerializer(many=True, help_text="What was agreed in the last closed review.")
    required_learning = RequiredSerializer(many=True)
    completed_learning = LearningSerializer(many=True)
