"""Reviews as the API shows them: what opened.py gives for this reader. What is sent stands in review_moves.py."""

from rest_framework import serializers

from appraisal.models import AppraisalReview
from appraisal.serializers.fields import NamedSerializer
from appraisal.stages import stage, what_next
from people.rest.moves import MovesField
from people.serializers import PersonSerializer


class CycleSerializer(serializers.Serializer):
    """A round of reviews."""

    name = serializers.CharField()
    starts_on = serializers.DateField(help_text="The first day that its reviews look at.")
    ends_on = serializers.DateField()
    purpose = serializers.CharField(source="purpose_sentence", help_text="What its reviews are for.")


class ReviewRowSerializer(serializers.ModelSerializer):
    """A review in a list: that there is one, and where it stands."""

    cycle = CycleSerializer()
    job_holder = PersonSerializer()
    manager = PersonSerializer()
    second_manager = PersonSerializer()
    team = serializers.CharField(source="team_name")
    stage = serializers.SerializerMethodField(help_text="The present step in words.")
    next = serializers.SerializerMethodField(help_text="Who does what next and until when, said to the caller.")

    class Meta:
        model = AppraisalReview
        fields = [
            "id",
            "cycle",
            "job_holder",
            "manager",
            "second_manager",
            "job_title",
            "team",
            "state",
            "stage",
            "next",
        ]

    def get_stage(self, review) -> str:
        """In the words of the page."""
        return stage(review)

    def get_next(self, review) -> str:
        """In the words of the page."""
        return what_next(review, self.context["request"].user)


class ShownAnswerSerializer(serializers.Serializer):
    """What somebody who was there said of an example."""

    answer = serializers.CharField(source="words")
    who = serializers.CharField(help_text="Their name, for the person and the manager alone.")
    differs = serializers.BooleanField(source="is_other")
    about_an_earlier_text = serializers.BooleanField(source="is_superseded")


class TextSerializer(serializers.Serializer):
    """One step of an account."""

    name = serializers.CharField()
    text = serializers.CharField()


class ShownExampleSerializer(serializers.Serializer):
    """An example under a level, as far as the caller may see it."""

    id = serializers.IntegerField(allow_null=True, help_text="Where the caller may open it by itself.")
    title = serializers.CharField()
    happened_on = serializers.DateField()
    account = serializers.SerializerMethodField(help_text="Its words, for whoever reads it here alone.")
    answers = ShownAnswerSerializer(many=True)
    is_private = serializers.BooleanField(help_text="Made private again: nothing of it is shown.")

    def get_account(self, example) -> TextSerializer(many=True):
        """Step by step."""
        return [{"name": name, "text": text} for name, text in example.account]


class ShownNoteSerializer(serializers.Serializer):
    """A note under a level."""

    kind = serializers.CharField(help_text="`good` or `concern`.")
    text = serializers.CharField()
    author = serializers.CharField(source="author.name")
    seen_on = serializers.DateField()
    raised_on = serializers.DateField()
    answer = serializers.CharField()


class SideSerializer(serializers.Serializer):
    """What one side says of one behaviour."""

    is_answered = serializers.BooleanField()
    is_hidden = serializers.BooleanField(help_text="There is a level, and the caller has to choose theirs first.")
    level = serializers.IntegerField(allow_null=True, help_text="1 to 4. A place in an order, never a score.")
    said = serializers.CharField(source="mark_words", help_text="The level, or why there is none, in words.")
    words = serializers.CharField()
    help = serializers.CharField(help_text="The help that is wanted.")
    examples = ShownExampleSerializer(many=True)
    notes = ShownNoteSerializer(many=True)


class PointSerializer(serializers.Serializer):
    """Something that the person sees differently, and the second manager's answer once it may be read."""

    id = serializers.IntegerField(source="point.pk")
    about = serializers.CharField()
    words = serializers.CharField()
    reply = serializers.CharField()
    replied_by = serializers.CharField()
    seen = serializers.SerializerMethodField(help_text="For the second manager: which answer they were looking at.")

    def get_seen(self, row) -> str | None:
        """That an answer was begun is for its writer alone."""
        return row.point.seen_mark if self.context.get("answers_points") else None


class BehaviourRowSerializer(serializers.Serializer):
    """One behaviour with both sides, as far as the caller reads them."""

    number = serializers.IntegerField(source="expected.number")
    slug = serializers.CharField(source="expected.text.behaviour.slug")
    name = serializers.CharField(source="expected.text.name")
    expected_level = serializers.IntegerField(source="expected.level", help_text="What the role expects.")
    own = SideSerializer(allow_null=True, help_text="The person's view; null where the caller does not read it.")
    manager = SideSerializer(allow_null=True, help_text="The manager's view; null where the caller does not read it.")
    points = PointSerializer(many=True)


class ShownStepSerializer(serializers.Serializer):
    """Something that follows from a review."""

    id = serializers.IntegerField()
    what = serializers.CharField()
    owner = PersonSerializer()
    due_on = serializers.DateField()
    done_on = serializers.DateField(allow_null=True)
    module = serializers.SerializerMethodField()

    def get_module(self, step) -> NamedSerializer(allow_null=True):
        """What to learn for it."""
        return {"name": step.module.title, "slug": step.module.slug} if step.module else None


class TalkSerializer(serializers.Serializer):
    """The talk of the two."""

    on = serializers.DateField(source="talk_on", allow_null=True)
    said_by_manager = serializers.BooleanField(source="talk_said_by_manager")
    said_by_job_holder = serializers.BooleanField(source="talk_said_by_job_holder")


class AnswerSerializer(serializers.Serializer):
    """What the person says to the review."""

    answer = serializers.CharField(help_text="`agree`, `comments`, `disagree` or `no_response`.")
    words = serializers.CharField()
    answered_on = serializers.DateTimeField()
    points = PointSerializer(many=True, help_text="Those about no one behaviour.")


class ConfirmedSerializer(serializers.Serializer):
    """Who confirmed that it was fair."""

    by = serializers.CharField(source="by.name")
    at = serializers.DateTimeField()
    words = serializers.CharField()


class NamedSideSerializer(serializers.Serializer):
    """What an earlier manager said of one behaviour."""

    name = serializers.CharField()
    view = SideSerializer()


class EarlierPartSerializer(serializers.Serializer):
    """What an earlier manager had written at the handover."""

    manager = serializers.CharField(source="name")
    closed_on = serializers.DateField()
    summary = serializers.CharField()
    behaviours = serializers.SerializerMethodField()

    def get_behaviours(self, part) -> NamedSideSerializer(many=True):
        """As they stood."""
        rows = [{"name": name, "view": side} for name, side in part.rows]
        return NamedSideSerializer(rows, many=True).data


class VersionRowSerializer(serializers.Serializer):
    """One behaviour of a text that was shared before."""

    name = serializers.CharField()
    level = serializers.CharField(help_text="In words.")
    words = serializers.CharField()
    help = serializers.CharField()


class VersionStepSerializer(serializers.Serializer):
    """A next step as it was shared before."""

    what = serializers.CharField()
    who = serializers.CharField()
    by = serializers.DateField(allow_null=True)


class SharedBeforeSerializer(serializers.Serializer):
    """What was shared and taken back, with the answer that was given to it."""

    number = serializers.IntegerField()
    shared_by = serializers.CharField(source="name")
    shared_on = serializers.DateField()
    summary = serializers.CharField()
    behaviours = VersionRowSerializer(source="rows", many=True)
    next_steps = VersionStepSerializer(source="steps", many=True)
    answer = serializers.CharField(source="answer.answer", default=None, allow_null=True)
    words = serializers.CharField(source="answer.words", default=None, allow_null=True)
    points = PointSerializer(many=True)


class ToldSerializer(serializers.Serializer):
    """Something that was done to the review for a reason."""

    words = serializers.CharField()
    reason = serializers.CharField()


class ReadingSerializer(serializers.Serializer):
    """Somebody's readings on one day."""

    name = serializers.CharField()
    role = serializers.CharField()
    day = serializers.DateField()
    times = serializers.IntegerField()
    reasons = serializers.ListField(child=serializers.CharField())


class ReviewMovesField(MovesField):
    """The caller's moves of the review that is laid out."""

    def to_representation(self, value):
        """Those of the row itself."""
        return super().to_representation(value["review"])


class ReviewSerializer(serializers.Serializer):
    """A review as far as the caller may read it: what is not theirs is not in the body."""

    id = serializers.IntegerField(source="review.pk")
    cycle = CycleSerializer(source="review.cycle")
    job_holder = PersonSerializer(source="review.job_holder")
    manager = PersonSerializer(source="review.manager")
    second_manager = PersonSerializer(source="review.second_manager")
    job_title = serializers.CharField(source="review.job_title")
    team = serializers.CharField(source="review.team_name")
    state = serializers.CharField(source="review.state")
    who_sees = serializers.ListField(child=serializers.CharField(), help_text="Who can see what is in here now.")
    next = serializers.CharField(source="next_line", help_text="Who does what next and until when.")
    outcome = serializers.CharField(help_text="Who signed what; empty before it is shared.")
    talk = serializers.SerializerMethodField(help_text="Null before it is shared.")
    behaviours = BehaviourRowSerializer(source="written.rows", many=True)
    own_summary = serializers.SerializerMethodField(help_text="The person's words overall; null where not readable.")
    manager_summary = serializers.SerializerMethodField(help_text="The manager's; null where not readable.")
    next_steps = ShownStepSerializer(source="written.steps", many=True)
    answer = serializers.SerializerMethodField(help_text="The person's answer; null where there is none.")
    confirmed = ConfirmedSerializer(source="written.confirmed", allow_null=True)
    earlier_managers = EarlierPartSerializer(source="written.earlier", many=True)
    shared_before = SharedBeforeSerializer(many=True)
    reasons = serializers.SerializerMethodField(help_text="What was done to it for a reason.")
    readings = ReadingSerializer(many=True, help_text="Who else has read it; for the person alone.")
    moves = ReviewMovesField()

    def get_talk(self, page) -> TalkSerializer(allow_null=True):
        """As the page shows it."""
        return TalkSerializer(page["review"]).data if page["after_sharing"] else None

    def get_own_summary(self, page) -> str | None:
        """Where that part is readable."""
        return page["written"].own.summary if page["written"].own else None

    def get_manager_summary(self, page) -> str | None:
        """Where that part is readable."""
        return page["written"].manager.summary if page["written"].manager else None

    def get_answer(self, page) -> AnswerSerializer(allow_null=True):
        """To the text as it stands."""
        written = page["written"]
        if written.response is None:
            return None
        said = {
            "answer": written.response.answer,
            "words": written.words,
            "answered_on": written.response.answered_at,
            "points": written.points,
        }
        return AnswerSerializer(said, context=self.context).data

    def get_reasons(self, page) -> ToldSerializer(many=True):
        """The latest first."""
        return ToldSerializer([*page["told_now"], *page["told_before"]], many=True).data
