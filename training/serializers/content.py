"""The content of a unit: each block as plain values and as clean HTML. Nothing here says which answer is right."""

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers
from wagtail.rich_text import expand_db_html

from training.blocks import Piece


def whole(address: str) -> str:
    """An address of this site that works anywhere."""
    return settings.SITE_URL + address if address.startswith("/") else address


def clean_html(rich_text) -> str:
    """Rich text as HTML, links written out."""
    found = expand_db_html(rich_text.source)
    return mark_safe(found.replace('href="/', f'href="{settings.SITE_URL}/'))  # noqa: S308 (editors' own, cleaned)


class OwnTextSerializer(serializers.Serializer):
    """What the caller wrote. Nobody else reads it."""

    text = serializers.CharField()
    written_at = serializers.DateTimeField()


class BlockSerializer(serializers.Serializer):
    """One block: its kind, its id, and itself as HTML."""

    kind = serializers.CharField()
    id = serializers.CharField()
    html = serializers.SerializerMethodField()

    def get_html(self, piece: Piece) -> str:
        """Headings, paragraphs, lists, links and pictures; no styles, no scripts."""
        return self.as_html(piece.value)

    def as_html(self, value) -> str:
        """This kind of block as HTML."""
        return clean_html(value["html"])


class TextBlockSerializer(BlockSerializer):
    """Running text."""


class WorkedExampleBlockSerializer(BlockSerializer):
    """Something that happened, told from one chair."""

    chair = serializers.CharField(source="value.chair", help_text="`staff` or `partner`: who tells it.")
    title = serializers.CharField(source="value.title")

    def as_html(self, value) -> str:
        return format_html("<h3>{}</h3>{}", value["title"], clean_html(value["html"]))


class PictureBlockSerializer(BlockSerializer):
    """A picture and what it says in words."""

    alt = serializers.CharField(source="value.alt", help_text="What somebody who cannot see it needs to know.")
    caption = serializers.CharField(source="value.caption")
    url = serializers.SerializerMethodField()

    def get_url(self, piece: Piece) -> str:
        """Where the picture is."""
        return whole(self._shown(piece.value).url)

    def as_html(self, value) -> str:
        shown = self._shown(value)
        picture = format_html(
            '<img src="{}" width="{}" height="{}" alt="{}">', whole(shown.url), shown.width, shown.height, value["alt"]
        )
        under = format_html("<figcaption>{}</figcaption>", value["caption"]) if value["caption"] else ""
        return format_html("<figure>{}{}</figure>", picture, under)

    def _shown(self, value):
        return value["image"].get_rendition("width-1200|format-webp")


class MediaBlockSerializer(BlockSerializer):
    """A film or recording somewhere else, with everything that is said in it."""

    media = serializers.CharField(source="value.kind", help_text="`video` or `audio`.")
    title = serializers.CharField(source="value.title")
    url = serializers.CharField(source="value.url")
    minutes = serializers.IntegerField(source="value.minutes", allow_null=True)

    def as_html(self, value) -> str:
        return format_html(
            '<h3>{}</h3><p><a href="{}">{}</a></p>{}',
            value["title"],
            value["url"],
            value["title"],
            clean_html(value["transcript"]),
        )


class DocumentBlockSerializer(BlockSerializer):
    """A file to take away."""

    title = serializers.CharField(source="value.title")
    about = serializers.CharField(source="value.about")
    url = serializers.SerializerMethodField()

    def get_url(self, piece: Piece) -> str:
        """Where the file is."""
        return whole(piece.value["document"].url)

    def as_html(self, value) -> str:
        return format_html(
            '<p><a href="{}">{}</a> {}</p>', whole(value["document"].url), value["title"], value["about"]
        )


class ReflectionBlockSerializer(BlockSerializer):
    """A question to think about; the answer is for oneself."""

    prompt = serializers.CharField(source="value.prompt")
    help = serializers.CharField(source="value.help")
    mine = OwnTextSerializer(source="saved", allow_null=True)

    def as_html(self, value) -> str:
        return format_html("<p>{}</p>", value["prompt"])


class TryItBlockSerializer(BlockSerializer):
    """Something to do with a person from the other side, and a few words about it afterwards."""

    title = serializers.CharField(source="value.title")
    prompt = serializers.CharField(source="value.prompt")
    mine = OwnTextSerializer(source="saved", allow_null=True)

    def as_html(self, value) -> str:
        return format_html("<h2>{}</h2>{}<p>{}</p>", value["title"], clean_html(value["html"]), value["prompt"])


class OptionSerializer(serializers.Serializer):
    """An answer to choose."""

    id = serializers.CharField()
    text = serializers.CharField()
    chosen = serializers.BooleanField(help_text="What the caller chose.")


class CheckedOptionSerializer(OptionSerializer):
    """An answer after it was checked: whether it is right, and why, where that may be told."""

    right = serializers.BooleanField(required=False, help_text="Only there when it may be told.")
    explanation = serializers.CharField(required=False, help_text="Only there when it may be told.")


class QuestionBlockSerializer(BlockSerializer):
    """A question to practise. It says nothing of what is right: send answers to `…/practice/`."""

    text = serializers.CharField(source="value")
    number = serializers.IntegerField(help_text="Its place among the questions of the unit.")
    multiple = serializers.BooleanField(help_text="True when several answers may be right.")
    options = OptionSerializer(many=True)

    def get_html(self, piece) -> str:
        """The question and its answers."""
        options = format_html_join("", "<li>{}</li>", ((option["text"],) for option in piece.options))
        return format_html("<p>{}</p><ul>{}</ul>", piece.value, options)


class CheckedQuestionSerializer(QuestionBlockSerializer):
    """A practice question with what the chosen answers came to. Nothing of it was kept."""

    result = serializers.CharField(help_text="`right`, `partly`, `wrong`, or `empty` when nothing was chosen.")
    options = CheckedOptionSerializer(many=True)


KINDS = {
    "text": TextBlockSerializer,
    "worked_example": WorkedExampleBlockSerializer,
    "picture": PictureBlockSerializer,
    "media": MediaBlockSerializer,
    "document": DocumentBlockSerializer,
    "reflection": ReflectionBlockSerializer,
    "question": QuestionBlockSerializer,
    "try_it": TryItBlockSerializer,
}


@extend_schema_field(
    PolymorphicProxySerializer("UnitBlock", serializers=KINDS, resource_type_field_name="kind", many=True)
)
class BlocksField(serializers.Field):
    """All blocks of a unit, each as its kind has it."""

    def to_representation(self, value):
        """One object for each piece."""
        return [KINDS[piece.kind](piece, context=self.context).data for piece in value]
