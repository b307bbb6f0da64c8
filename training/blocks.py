"""What a unit is built from, for editors (blocks) and for readers (pieces). Shared with the public pages of cms.

A question's right answers and explanations leave this file only through `QuestionPiece` after "Check answer"
and through `question_data`, which the server keeps. Nothing here goes into the search index.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from training import marking
from training.enums import Chair

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote"]
SHORT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class FilledBlock(blocks.StructBlock):
    """A block whose running text must hold words: an emptied editor still sends an empty paragraph."""

    words = "html"

    def clean(self, value):
        """Refuse a text without words; drafts may be unfinished."""
        result = super().clean(value)
        if not self.is_deferred_validation and not strip_tags(str(result[self.words].source)).strip():
            raise StructBlockValidationError(block_errors={self.words: ValidationError(_("This field is required."))})
        return result


class TextBlock(FilledBlock):
    """Running text with headings, lists and links."""

    html = blocks.RichTextBlock(label=_("Text"), features=TEXT_FEATURES)

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class WorkedExampleBlock(FilledBlock):
    """Something that happened, told from one chair."""

    chair = blocks.ChoiceBlock(choices=Chair.choices, label=_("Whose chair"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    html = blocks.RichTextBlock(label=_("What happened"), features=SHORT_FEATURES)

    class Meta:
        icon = "group"
        label = _("Worked example")


class PictureBlock(blocks.StructBlock):
    """A picture and what it says in words."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        max_length=250,
        label=_("Text alternative"),
        help_text=_("What somebody who cannot see the picture needs to know."),
    )
    caption = blocks.CharBlock(max_length=250, required=False, label=_("Caption"))

    class Meta:
        icon = "image"
        label = _("Picture")


class MediaBlock(FilledBlock):
    """A film or recording somewhere else, with everything that is said in it."""

    words = "transcript"

    kind = blocks.ChoiceBlock(choices=[("video", _("Video")), ("audio", _("Audio"))], default="video", label=_("Kind"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    url = blocks.URLBlock(label=_("Link"))
    minutes = blocks.IntegerBlock(min_value=1, max_value=120, required=False, label=_("Minutes"))
    transcript = blocks.RichTextBlock(
        label=_("Transcript"),
        features=SHORT_FEATURES,
        help_text=_("Everything that is said, and what is seen where it matters."),
    )

    class Meta:
        icon = "media"
        label = _("Video or audio")


class DocumentBlock(blocks.StructBlock):
    """A file to take away."""

    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    about = blocks.CharBlock(max_length=250, required=False, label=_("What it is for"))

    class Meta:
        icon = "doc-full"
        label = _("Document")


class ReflectionBlock(blocks.StructBlock):
    """A question that only the reader sees the answer to."""

    prompt = blocks.CharBlock(max_length=300, label=_("Prompt"))
    help = blocks.CharBlock(max_length=300, required=False, label=_("Help"))

    class Meta:
        icon = "edit"
        label = _("Reflection")


class OptionBlock(blocks.StructBlock):
    """One possible answer and why it is, or is not, a good one."""

    text = blocks.CharBlock(max_length=400, label=_("Answer"))
    right = blocks.BooleanBlock(required=False, label=_("This is a right answer"))
    explanation = blocks.TextBlock(
        rows=2,
        label=_("Explanation"),
        help_text=_("Why it is right, or what is missing. Shown only after somebody has answered."),
    )

    class Meta:
        label_format = _("Answer {text}")  # else its heading is its first box, "No"


class QuestionBlock(blocks.StructBlock):
    """A question with one or several right answers; every answer has its explanation."""

    text = blocks.TextBlock(rows=3, label=_("Question"))
    multiple = blocks.BooleanBlock(required=False, label=_("Several answers may be right"))
    options = blocks.ListBlock(OptionBlock(), min_num=2, max_num=8, label=_("Answers"))

    class Meta:
        icon = "help"
        label = _("Question")
        label_format = "{text}"

    def clean(self, value):
        """Refuse a question that cannot be marked; drafts may be unfinished."""
        result = super().clean(value)
        sentence = None if self.is_deferred_validation else _unmarkable(result)
        if sentence:
            raise StructBlockValidationError(non_block_errors=[ValidationError(sentence)])
        return result

    def get_searchable_content(self, value):
        """Nothing: an answer must not be findable."""
        return []


class CheckQuestionBlock(QuestionBlock):
    """A question of the final check, with the unit to look at again when it went wrong."""

    unit = blocks.PageChooserBlock(page_type="training.UnitPage", required=False, label=_("Unit to look at again"))
    topic = blocks.CharBlock(
        max_length=120, label=_("Topic"), help_text=_("In lower case, for example: setting a fair date")
    )


class TryItBlock(FilledBlock):
    """Something to do with a person from the other side, and a few words about it afterwards."""

    title = blocks.CharBlock(max_length=120, default=_("Try it with someone from the other side"), label=_("Title"))
    html = blocks.RichTextBlock(label=_("What to do"), features=SHORT_FEATURES)
    prompt = blocks.CharBlock(max_length=300, label=_("What to write down afterwards"))

    class Meta:
        icon = "comment"
        label = _("Try it")


class UnitBody(blocks.StreamBlock):
    """The content of one unit."""

    text = TextBlock()
    worked_example = WorkedExampleBlock()
    picture = PictureBlock()
    media = MediaBlock()
    document = DocumentBlock()
    reflection = ReflectionBlock()
    question = QuestionBlock()
    try_it = TryItBlock()

    def get_searchable_content(self, value):
        """Only running text and worked examples may be found."""
        return [
            text
            for child in value
            if child.block_type in ("text", "worked_example")
            for text in child.block.get_searchable_content(child.value)
        ]


class CheckQuestions(blocks.StreamBlock):
    """The questions of a final check."""

    question = CheckQuestionBlock()

    def get_searchable_content(self, value):
        """Nothing: the check must not be findable."""
        return []


def _unmarkable(value) -> Any:
    """The sentence that says why a question cannot be marked, or None."""
    right = [option for option in value["options"] if option["right"]]
    if not right:
        return _("Mark at least one answer as right.")
    if len(right) > 1 and not value["multiple"]:
        return _("Only one answer can be right. Tick “Several answers may be right” or change the answers.")
    return None


def question_data(block) -> dict[str, Any]:
    """A question as the server keeps and marks it, with the stable ids of the question and its answers."""
    value = block.value
    options = [
        {
            "id": option.id,
            "text": option.value["text"],
            "right": bool(option.value["right"]),
            "explanation": option.value["explanation"],
        }
        for option in value["options"].bound_blocks
    ]
    return {"id": block.id, "text": value["text"], "multiple": bool(value["multiple"]), "options": options}


# --- What a reader sees --------------------------------------------------------------------------------------------


@dataclass
class Piece:
    """One block of a unit as shown to one reader; `saved` is the reader's own text, if any."""

    kind: str
    id: str
    value: Any
    saved: Any = None
    form: Any = None  # what the reader sent and could not be kept

    @property
    def is_reading(self) -> bool:
        """True for what stands on the reading sheet, not on a card of its own."""
        return self.kind not in ("question", "reflection", "try_it")


@dataclass
class QuestionPiece(Piece):
    """A practice question. `options` say what is right only when `result` is there."""

    number: int = 0
    multiple: bool = False
    options: list[dict[str, Any]] = field(default_factory=list)
    result: str = ""


def pieces(
    stream,
    *,
    saved: Mapping[str, Any] | None = None,
    answers: marking.Answers | None = None,
    checked: Collection[str] = (),
) -> list[Piece]:
    """The blocks of a unit for one reader: own texts by block id, and the practice questions they had checked."""
    found: list[Piece] = []
    saved, answers, number = saved or {}, answers or {}, 0
    for block in stream:
        if block.block_type == "question":
            number += 1
            found.append(question_piece(question_data(block), answers.get(block.id, []), block.id in checked, number))
        else:
            found.append(Piece(block.block_type, block.id, block.value, saved.get(block.id)))
    return found


def question_piece(
    question: marking.Question, chosen: Collection[str], is_checked: bool, number: int = 0
) -> QuestionPiece:
    """A question as shown: without right answers until it is checked, then with the reasons for what was chosen."""
    chosen = marking.known_options(question, chosen)
    result = _result(question, chosen) if is_checked else ""
    options = [shown_option(option, option["id"] in chosen, bool(result)) for option in question["options"]]
    return QuestionPiece(
        "question",
        question["id"],
        question["text"],
        number=number,
        multiple=question["multiple"],
        options=options,
        result=result,
    )


def shown_option(option: Mapping[str, Any], is_chosen: bool, with_reasons: bool) -> dict[str, Any]:
    """An answer for the page; whether it is right, and why, only when it was chosen and may be told."""
    shown = {"id": option["id"], "text": option["text"], "chosen": is_chosen}
    if with_reasons and is_chosen:
        shown |= {"right": option["right"], "explanation": option["explanation"]}
    return shown


def _result(question: marking.Question, chosen: list[str]) -> str:
    if not chosen:
        return "empty"
    if marking.is_right(question, chosen):
        return "right"
    return "partly" if marking.right_options(question) & set(chosen) else "wrong"


def sections(found: list[Piece]) -> list[tuple[str, Any]]:
    """Pieces as the page shows them: runs of reading on one sheet, everything to answer on a card of its own."""
    grouped: list[tuple[str, Any]] = []
    for piece in found:
        if not piece.is_reading:
            grouped.append((piece.kind, piece))
        elif grouped and grouped[-1][0] == "reading":
            grouped[-1][1].append(piece)
        else:
            grouped.append(("reading", [piece]))
    return grouped
