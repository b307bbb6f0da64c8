"""Examples and the requests to say how it happened, as the API shows and reads them."""

from rest_framework import serializers

from appraisal.enums import Answer, EvidenceKind, QuietAnswer
from appraisal.evidence import manager_names, names_asked, who_sees, why_not_discard
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from appraisal.serializers.fields import KEY, NamedSerializer
from people.rest.moves import MovesField
from people.rest.schema import for_example
from people.serializers import PersonSerializer

SHOW = ("names", "partnership", "file", "link")


class _ForReader:
    """A serializer that says some things to the owner alone."""

    def is_own(self, entry: EvidenceEntry) -> bool:
        """True when the caller wrote it."""
        return entry.owner_id == self.context["request"].user.pk


class ExampleRowSerializer(_ForReader, serializers.ModelSerializer):
    """An example in a list."""

    heading = serializers.CharField(help_text="The title, or the first words of the account.")
    owner = PersonSerializer()
    partnership = NamedSerializer(allow_null=True)
    behaviours = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)
    answers = serializers.IntegerField(help_text="How many people said how they saw it.")
    unanswered = serializers.SerializerMethodField(help_text="How many have not answered yet; null for readers.")

    class Meta:
        model = EvidenceEntry
        fields = [
            "id",
            "heading",
            "happened_on",
            "owner",
            "partnership",
            "behaviours",
            "state",
            "answers",
            "unanswered",
        ]
        extra_kwargs = {"state": {"help_text": "`draft`: only its owner. `shared`: the line manager too."}}

    def get_unanswered(self, entry) -> int | None:
        """Who else was asked is for the owner alone."""
        return entry.unanswered if self.is_own(entry) else None


class FileSerializer(serializers.Serializer):
    """The one file of an example."""

    name = serializers.CharField(source="file_name")
    type = serializers.CharField(source="file_type")


class ShownSerializer(serializers.Serializer):
    """What the person asked reads of an example: the words as they stood when they were asked."""

    title = serializers.CharField(source="shown_title")
    happened_on = serializers.DateField(source="shown_on")
    text = serializers.CharField(source="shown_text")


class ReplySerializer(serializers.Serializer):
    """The owner's words beside an answer."""

    text = serializers.CharField()
    written_at = serializers.DateTimeField()


class RequestRowSerializer(serializers.ModelSerializer):
    """One person who was asked about an example, without a word of the account or of what they said to it."""

    example = serializers.IntegerField(source="entry_id")
    organisation = serializers.CharField(source="organisation_label")
    asked_by = PersonSerializer()
    sent_by = serializers.CharField(
        source="sent_by.name", default=None, allow_null=True, help_text="The line manager, where they asked instead."
    )
    changed_since = serializers.SerializerMethodField(help_text="The account was changed after it was shown.")
    open_until = serializers.SerializerMethodField(help_text="Null when it is not open.")
    reason = serializers.SerializerMethodField(help_text="Why the line manager did not send it; for the asker.")

    class Meta:
        model = EvidenceConfirmation
        fields = [
            "id",
            "example",
            "name",
            "organisation",
            "asked_by",
            "decides",
            "sent_by",
            "state",
            "asked_at",
            "open_until",
            "changed_since",
            "answered_at",
            "reason",
        ]
        extra_kwargs = {
            "name": {"help_text": "Who was asked."},
            "decides": {"help_text": "The asker said that they decide something of theirs: the line manager asks."},
        }

    def get_changed_since(self, row) -> bool:
        """Said of what was answered or sent."""
        return bool((row.is_answered or row.asked_at) and row.is_superseded)

    def get_open_until(self, row) -> serializers.DateTimeField(allow_null=True):
        """Until when it can be answered."""
        return row.expires_at if row.state == "asked" and row.is_live else None

    def get_reason(self, row) -> str:
        """For the asker alone."""
        return row.reason if row.asked_by_id == self.context["request"].user.pk else ""


class RequestSerializer(RequestRowSerializer):
    """The same, and what came of it. "Would rather not say" looks like no answer."""

    shown = ShownSerializer(source="*")
    answer = serializers.CharField(help_text="`yes`, `yes_and`, `not_so`; empty when there is none.")
    replies = serializers.SerializerMethodField()

    class Meta(RequestRowSerializer.Meta):
        fields = [*RequestRowSerializer.Meta.fields, "shown", "answer", "words", "replies"]

    def get_replies(self, row) -> ReplySerializer(many=True):
        """Those to the answer as it stands."""
        told = [each for each in row.replies.all() if row.is_answered and each.written_at >= row.answered_at]
        return ReplySerializer(told, many=True).data


class RequestPageSerializer(RequestSerializer):
    """A request by itself, with what may be done about it."""

    partnership = serializers.SerializerMethodField(help_text="The name that is shown to them, if it is.")
    link = serializers.SerializerMethodField(help_text="The link that is shown to them, if it is.")
    moves = MovesField()

    class Meta(RequestSerializer.Meta):
        fields = [*RequestSerializer.Meta.fields, "partnership", "link", "moves"]

    def get_partnership(self, row) -> str:
        """For whoever sends it."""
        return row.shown_partnership if self._sends(row) else ""

    def get_link(self, row) -> str:
        """For whoever sends it."""
        return row.shown_link if self._sends(row) else ""

    def _sends(self, row) -> bool:
        return row.decides or row.asked_by_id == self.context["request"].user.pk


class ExampleSerializer(_ForReader, serializers.ModelSerializer):
    """An example with the answers beside it."""

    heading = serializers.CharField(help_text="The title, or the first words of the account.")
    owner = PersonSerializer()
    partnership = NamedSerializer(allow_null=True)
    behaviours = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)
    kind = serializers.SerializerMethodField(help_text="What sort of example it is; null for readers.")
    file = serializers.SerializerMethodField(help_text="Its bytes are at `…/file/`.")
    who_sees = serializers.SerializerMethodField(help_text="Who can see it now, as the page says it.")
    requests = serializers.SerializerMethodField(help_text="Who was asked; for readers those who answered.")
    kept_because = serializers.SerializerMethodField(help_text="Why it cannot be deleted; empty when it can.")
    moves = MovesField()

    class Meta:
        model = EvidenceEntry
        fields = [
            "id",
            "heading",
            "title",
            "happened_on",
            "owner",
            "situation",
            "task",
            "action",
            "result",
            "behaviours",
            "partnership",
            "kind",
            "link",
            "file",
            "state",
            "who_sees",
            "requests",
            "kept_because",
            "moves",
        ]

    def get_kind(self, entry) -> serializers.ChoiceField(choices=EvidenceKind.choices, allow_null=True):
        """It stands on the owner's form alone."""
        return entry.kind if self.is_own(entry) else None

    def get_file(self, entry) -> FileSerializer(allow_null=True):
        """Name and type."""
        return FileSerializer(entry).data if entry.file else None

    def get_who_sees(self, entry) -> str:
        """The sentence of the page."""
        asked = names_asked(self._rows(entry))
        return who_sees(entry, self.context["request"].user, manager_names(entry.owner), asked)

    def get_requests(self, entry) -> RequestSerializer(many=True):
        """As they stand beside it on the page."""
        return RequestSerializer(self._rows(entry), many=True, context=self.context).data

    def get_kept_because(self, entry) -> str:
        """The sentence of the page."""
        return (why_not_discard(entry) or "") if self.is_own(entry) else ""

    def _rows(self, entry) -> list[EvidenceConfirmation]:
        rows = [row for row in entry.confirmations.all() if self.is_own(entry) or row.is_answered]
        for row in rows:
            row.entry = entry
        return rows


class ExampleInputSerializer(serializers.Serializer):
    """What somebody writes down."""

    situation = serializers.CharField(max_length=6000, allow_blank=True, help_text="What happened, in a few sentences.")
    happened_on = serializers.DateField(help_text="Today or a day in the past.")
    task = serializers.CharField(max_length=3000, allow_blank=True, required=False, help_text="What had to be done.")
    action = serializers.CharField(max_length=3000, allow_blank=True, required=False, help_text="What you did.")
    result = serializers.CharField(max_length=3000, allow_blank=True, required=False, help_text="What came of it.")
    title = serializers.CharField(
        max_length=120, allow_blank=True, required=False, help_text="Else the first words are used."
    )
    behaviours = serializers.ListField(
        child=serializers.SlugField(max_length=60),
        max_length=20,
        required=False,
        help_text="Slugs of the behaviours it is an example of, from `GET /api/v1/framework/current/`.",
    )
    partnership = serializers.SlugField(
        max_length=100, allow_null=True, required=False, help_text="Slug of one of your own partnerships."
    )
    link = serializers.CharField(max_length=500, allow_blank=True, required=False, help_text="http or https.")
    kind = serializers.ChoiceField(choices=EvidenceKind.choices, required=False)


class AskInputSerializer(serializers.Serializer):
    """Whom to ask, and what they are shown."""

    person = serializers.IntegerField(
        **KEY,
        required=False,
        allow_null=True,
        help_text="Somebody of the example's partnership, by number. Name and address are then known.",
    )
    name = serializers.CharField(max_length=200, allow_blank=True, required=False)
    email = serializers.CharField(max_length=200, allow_blank=True, required=False)
    organisation = serializers.IntegerField(**KEY, required=False, allow_null=True, help_text="Its number.")
    organisation_name = serializers.CharField(
        max_length=200, allow_blank=True, required=False, help_text="For one that is not in the list."
    )
    decides = serializers.BooleanField(
        help_text="Do you now decide a permit, grant, contract or complaint of theirs? Then your line manager asks."
    )
    show = serializers.ListField(
        child=serializers.ChoiceField(choices=SHOW),
        max_length=len(SHOW),
        required=False,
        help_text="What they are shown beside the account and its date.",
    )


class PreviewSerializer(serializers.Serializer):
    """Exactly what would be sent, before anything is."""

    name = serializers.CharField()
    organisation = serializers.CharField(source="organisation_label")
    decides = serializers.BooleanField()
    shown = ShownSerializer(source="*")
    partnership = serializers.CharField(source="shown_partnership")
    link = serializers.CharField(source="shown_link")
    file = serializers.SerializerMethodField(help_text="The name of the file that goes along; empty for none.")
    left_out = serializers.ListField(child=serializers.CharField(), help_text="Names that are taken out of the text.")
    blocked_by = serializers.ListField(child=serializers.CharField(), help_text="Why it cannot be sent now.")

    def get_file(self, row) -> str:
        """Under the name its owner gave it."""
        return row.entry.file_name if row.shown_file else ""


@for_example(reason="We asked them in May.")
class NotSendInputSerializer(serializers.Serializer):
    """Why a line manager does not ask."""

    reason = serializers.CharField(max_length=300, allow_blank=True, required=False, default="")


@for_example(text="Thank you. I ring before I come from now on.")
class ReplyInputSerializer(serializers.Serializer):
    """Words beside an answer."""

    text = serializers.CharField(max_length=2000, allow_blank=True)


class AskedSerializer(serializers.ModelSerializer):
    """A request to the caller: what they are asked about, what they said, who reads it."""

    asked_by = PersonSerializer()
    sent_by = serializers.CharField(
        source="sent_by.name", default=None, allow_null=True, help_text="Who asks for them, where somebody does."
    )
    shown = ShownSerializer(source="*")
    partnership = serializers.CharField(source="shown_partnership")
    link = serializers.CharField(source="shown_link")
    file = serializers.SerializerMethodField(help_text="Its name; its bytes are at `…/file/`. Empty for none.")
    changed_since = serializers.BooleanField(source="is_superseded")
    answer = serializers.CharField(help_text="`yes`, `yes_and`, `not_so`; empty when there is none.")
    quiet_answer = serializers.CharField(help_text="`rather_not`, `not_for_me` or empty; for your eyes alone.")
    open_until = serializers.SerializerMethodField(help_text="Null when no answer is waited for.")

    class Meta:
        model = EvidenceConfirmation
        fields = [
            "id",
            "name",
            "asked_by",
            "sent_by",
            "decides",
            "state",
            "shown",
            "partnership",
            "link",
            "file",
            "changed_since",
            "open_until",
            "answer",
            "words",
            "answered_at",
            "quiet_answer",
        ]
        extra_kwargs = {
            "name": {"help_text": "For whom it is: nobody else should answer."},
        }

    def get_file(self, row) -> str:
        """Only while it is still the same one."""
        return row.entry.file_name if row.shows_file else ""

    def get_open_until(self, row) -> serializers.DateTimeField(allow_null=True):
        """Until when it can be answered."""
        return row.expires_at if row.may_be_answered else None


class AskedPageSerializer(AskedSerializer):
    """The same by itself."""

    readers = serializers.SerializerMethodField(help_text="Who reads the answer beside the asker, by name.")
    may_read = serializers.SerializerMethodField(help_text="Who could read it too, if the asker shares the example.")
    signed = serializers.SerializerMethodField(help_text="Part of a signed record: it cannot be taken back any more.")
    moves = MovesField()

    class Meta(AskedSerializer.Meta):
        fields = [*AskedSerializer.Meta.fields, "readers", "may_read", "signed", "moves"]

    def get_readers(self, row) -> list[str]:
        """The line managers of the asker, once the example is shared."""
        return manager_names(row.asked_by) if row.entry.is_shared else []

    def get_may_read(self, row) -> list[str]:
        """The same people while it is not."""
        return [] if row.entry.is_shared else manager_names(row.asked_by)

    def get_signed(self, row) -> bool:
        """Whether a record holds it."""
        return row.signed_at is not None


class AnswerInputSerializer(serializers.Serializer):
    """How somebody saw it."""

    answer = serializers.ChoiceField(choices=Answer.choices)
    words = serializers.CharField(max_length=3000, allow_blank=True, required=False, default="")


@for_example(answer="rather_not")
class QuietAnswerInputSerializer(serializers.Serializer):
    """An answer that nobody else learns of."""

    answer = serializers.ChoiceField(choices=QuietAnswer.choices)
