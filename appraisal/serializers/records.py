"""A frozen record as the API shows it: what record_reader.py reads from its JSON, without codes."""

from rest_framework import serializers

from appraisal.enums import AdditionKind
from appraisal.serializers.reviews import TextSerializer
from people.rest.schema import for_example


class RecordReplySerializer(serializers.Serializer):
    """The owner's words beside an answer."""

    text = serializers.CharField()
    on = serializers.DateField(allow_null=True)


class RecordShownSerializer(serializers.Serializer):
    """The text that an answer speaks of, where the account changed afterwards."""

    title = serializers.CharField()
    happened_on = serializers.DateField(allow_null=True)
    text = serializers.CharField()


class RecordAnswerSerializer(serializers.Serializer):
    """What somebody who was there said."""

    name = serializers.CharField()
    organisation = serializers.CharField()
    answer = serializers.CharField()
    words = serializers.CharField()
    on = serializers.DateField(allow_null=True)
    changed_since = serializers.BooleanField()
    shown = RecordShownSerializer(allow_null=True)
    decides_something_of_theirs = serializers.BooleanField()
    asked_by = serializers.CharField()
    replies = RecordReplySerializer(many=True)


class RecordExampleSerializer(serializers.Serializer):
    """An example as it then read."""

    number = serializers.IntegerField()
    title = serializers.CharField()
    happened_on = serializers.DateField(allow_null=True)
    account = serializers.SerializerMethodField()
    partnership = serializers.CharField()
    engagement = serializers.CharField()
    link = serializers.CharField()
    file = serializers.CharField(help_text="The name of a file that went with it.")
    answers = RecordAnswerSerializer(many=True)

    def get_account(self, example) -> TextSerializer(many=True):
        """Step by step."""
        return [{"name": name, "text": text} for name, text in example.account]


class RecordNoteSerializer(serializers.Serializer):
    """What was noted during the year."""

    number = serializers.IntegerField()
    kind = serializers.CharField()
    author = serializers.CharField()
    seen_on = serializers.DateField(allow_null=True)
    raised_on = serializers.DateField(allow_null=True)
    text = serializers.CharField()
    answer = serializers.CharField()


class RecordViewSerializer(serializers.Serializer):
    """What one side said of one behaviour."""

    who = serializers.CharField()
    is_self = serializers.BooleanField()
    is_earlier = serializers.BooleanField(help_text="Of a manager before a handover.")
    level = serializers.IntegerField(allow_null=True)
    said = serializers.CharField(source="mark_words")
    words = serializers.CharField()
    help = serializers.CharField()
    examples = serializers.SerializerMethodField(help_text="Numbers of the examples it rests on.")
    notes = serializers.SerializerMethodField(help_text="Numbers of the notes it rests on.")

    def get_examples(self, view) -> list[int]:
        """By their place in the record."""
        return [row.number for row in view.examples]

    def get_notes(self, view) -> list[int]:
        """By their place in the record."""
        return [row.number for row in view.notes]


class RecordBehaviourSerializer(serializers.Serializer):
    """One behaviour."""

    number = serializers.IntegerField()
    name = serializers.CharField()
    definition = serializers.CharField()
    expected_level = serializers.IntegerField(source="expected")
    expected_words = serializers.CharField()
    views = RecordViewSerializer(many=True)


class RecordStepSerializer(serializers.Serializer):
    """What follows."""

    what = serializers.CharField()
    who = serializers.CharField()
    by = serializers.DateField(allow_null=True)
    module = serializers.CharField()


class RecordPointSerializer(serializers.Serializer):
    """One point of a disagreement."""

    behaviour = serializers.CharField()
    words = serializers.CharField()
    reply = serializers.CharField()
    replied_by = serializers.CharField()
    replied_on = serializers.DateField(allow_null=True)


class RecordResponseSerializer(serializers.Serializer):
    """What the person said to it."""

    answer = serializers.CharField()
    said = serializers.CharField(source="answer_words")
    words = serializers.CharField()
    on = serializers.DateField(allow_null=True)
    points = RecordPointSerializer(many=True)


class RecordSignatureSerializer(serializers.Serializer):
    """Who stands by which sentence."""

    role = serializers.CharField()
    name = serializers.CharField()
    statement = serializers.CharField()
    words = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)


class RecordCertificateSerializer(serializers.Serializer):
    """Learning, not proof of a level."""

    title = serializers.CharField()
    code = serializers.CharField()
    completed_on = serializers.DateField(allow_null=True)
    expires_on = serializers.DateField(allow_null=True)
    status = serializers.CharField()


class RecordSummarySerializer(serializers.Serializer):
    """What one side wrote about the whole."""

    who = serializers.CharField()
    words = serializers.CharField()


class RecordTalkSerializer(serializers.Serializer):
    """The talk."""

    on = serializers.DateField(allow_null=True)
    confirmed_by_both = serializers.BooleanField()


class RecordYearSerializer(serializers.Serializer):
    """The round of reviews."""

    name = serializers.CharField()
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    purpose = serializers.CharField()


class RecordPersonSerializer(serializers.Serializer):
    """Whose review it is, in the post of that time."""

    name = serializers.CharField()
    job_title = serializers.CharField()
    team = serializers.CharField()


class DocumentSerializer(serializers.Serializer):
    """What was signed."""

    cycle = RecordYearSerializer()
    person = RecordPersonSerializer()
    manager = serializers.CharField()
    earlier_managers = serializers.ListField(child=serializers.CharField())
    second_manager = serializers.CharField()
    outcome = serializers.CharField()
    talk = RecordTalkSerializer()
    behaviours = RecordBehaviourSerializer(many=True)
    summaries = RecordSummarySerializer(many=True)
    examples = RecordExampleSerializer(many=True)
    notes = RecordNoteSerializer(many=True)
    next_steps = RecordStepSerializer(source="steps", many=True)
    response = RecordResponseSerializer(allow_null=True)
    certificates = RecordCertificateSerializer(many=True)
    signatures = RecordSignatureSerializer(many=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class AdditionSerializer(serializers.Serializer):
    """A later fact beside the record."""

    kind = serializers.CharField()
    words = serializers.CharField()
    by = serializers.CharField(source="by.name")
    at = serializers.DateTimeField()


class RecordSerializer(serializers.Serializer):
    """A record and what stands beside it."""

    number = serializers.CharField(source="record.number")
    version = serializers.IntegerField(source="record.version")
    versions = serializers.ListField(child=serializers.IntegerField(), help_text="The newest first.")
    sha256 = serializers.CharField(source="record.sha256", help_text="The fingerprint of the text that was signed.")
    is_unchanged = serializers.BooleanField(source="record.hash_holds", help_text="The fingerprint still holds.")
    has_pdf = serializers.BooleanField(help_text="False while its PDF is being made.")
    who_sees = serializers.CharField()
    document = DocumentSerializer()
    additions = AdditionSerializer(many=True)
    may_add = serializers.ListField(child=serializers.CharField(), help_text="What the caller may put beside it.")


@for_example(version=1, kind="correction", words="The date of the meeting was 3 May.")
class AdditionInputSerializer(serializers.Serializer):
    """What is put beside the newest version, for good."""

    version = serializers.IntegerField(min_value=1, max_value=32767, help_text="The version that was read.")
    kind = serializers.ChoiceField(choices=AdditionKind.choices)
    words = serializers.CharField(max_length=4000, allow_blank=True)


class AddedSerializer(serializers.Serializer):
    """That it stands there now."""

    kind = serializers.CharField()
    at = serializers.DateTimeField()
