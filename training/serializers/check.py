"""The final check: what to expect, a paper, its result. Right answers are only in the result."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from training.checks import paper_pieces
from training.serializers.content import CheckedOptionSerializer, OptionSerializer


class AttemptRowSerializer(serializers.Serializer):
    """One try."""

    number = serializers.IntegerField()
    opened_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    score = serializers.IntegerField(allow_null=True)
    passed = serializers.BooleanField(allow_null=True)


class PaperQuestionSerializer(serializers.Serializer):
    """A question of the paper, without a trace of what is right."""

    id = serializers.CharField()
    text = serializers.CharField()
    multiple = serializers.BooleanField(help_text="True when several answers may be right.")
    options = OptionSerializer(many=True)


class PaperSerializer(serializers.Serializer):
    """A paper that was handed out and is not handed in yet. Its questions stay as they were on that day."""

    number = serializers.IntegerField(help_text="Its number in the address.")
    opened_at = serializers.DateTimeField()
    saved_at = serializers.DateTimeField(allow_null=True)
    pass_mark = serializers.IntegerField(source="paper.pass_mark", help_text="Right answers needed.")
    questions = serializers.SerializerMethodField()

    @extend_schema_field(PaperQuestionSerializer(many=True))
    def get_questions(self, attempt):
        """Questions with the answers that were saved."""
        return PaperQuestionSerializer(paper_pieces(attempt), many=True).data


class CheckSerializer(serializers.Serializer):
    """What to expect of the final check, and the paper that is open."""

    introduction = serializers.CharField(source="module.check_intro")
    question_count = serializers.IntegerField()
    pass_mark = serializers.IntegerField(source="module.pass_mark", help_text="Right answers needed.")
    tries_left = serializers.IntegerField(allow_null=True, help_text="Null: as many as one likes.")
    is_open = serializers.BooleanField(help_text="True when all units are done.")
    is_passed = serializers.BooleanField()
    attempts = AttemptRowSerializer(many=True)
    paper = PaperSerializer(allow_null=True, help_text="The paper that is open now.")


class MarkedQuestionSerializer(serializers.Serializer):
    """A question of a marked paper, with the reasons that may be told."""

    id = serializers.CharField()
    text = serializers.CharField()
    topic = serializers.CharField()
    is_right = serializers.BooleanField()
    options = CheckedOptionSerializer(many=True)


class TopicSerializer(serializers.Serializer):
    """A topic worth another look."""

    topic = serializers.CharField()
    unit = serializers.CharField(allow_null=True, help_text="Slug of the unit, while it can be read.")


class ResultSerializer(serializers.Serializer):
    """What the last paper came to. Only the caller sees it."""

    number = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    passed = serializers.BooleanField()
    score = serializers.IntegerField()
    out_of = serializers.IntegerField()
    pass_mark = serializers.IntegerField()
    tries_left = serializers.IntegerField(allow_null=True, help_text="Null: as many as one likes.")
    completed = serializers.BooleanField(help_text="True when the module is completed.")
    certificate = serializers.CharField(allow_null=True, help_text="Code of the certificate that was issued for it.")
    again = TopicSerializer(many=True)
    questions = MarkedQuestionSerializer(many=True)
