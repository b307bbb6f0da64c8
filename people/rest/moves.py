"""Moves in the API: what a record shows about them, and one address for each (DESIGN 4.8).

A record shows the moves that are the caller's from its present state, each with the sentences that still block it. A
move is taken by POST at `…/moves/<name>/`, with the ETag that was read as If-Match.
"""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError

from people import transitions
from people.models import Stateful
from people.rest.once import once
from people.rest.problems import PreconditionRequired

IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag that was read: nothing is written over unseen. `*` means whatever stands.",
)


class MoveSerializer(serializers.Serializer):
    """A move that is the caller's from the record's present state."""

    name = serializers.CharField(help_text="Its last word in the address `…/moves/<name>/`.")
    label = serializers.CharField(help_text="What the button on the page says.")
    blocked_by = serializers.ListField(
        child=serializers.CharField(), help_text="The sentences that say why it cannot be made yet; empty when it can."
    )


@extend_schema_field(MoveSerializer(many=True))
class MovesField(serializers.Field):
    """The caller's moves of a record. Only those that the view offers at an address: `moves` of the view."""

    def __init__(self, **kwargs):
        kwargs |= {"source": "*", "read_only": True}
        kwargs.setdefault("help_text", "What the caller may do with it now, and what still blocks it.")
        super().__init__(**kwargs)

    def to_representation(self, value):
        """Rows of MoveSerializer."""
        request, offered = self.context["request"], self.context["view"].offered_moves
        return [
            {"name": row.name, "label": str(row.label or row.name), "blocked_by": [str(words) for words in sentences]}
            for row, sentences in transitions.moves_for(value, transitions.person(request.user))
            if row.name in offered
        ]


def etag(record: Stateful) -> str:
    """The version of a record as an ETag."""
    return f'"{record.version}"'


def seen_by(request) -> int | None:
    """The version that the caller looked at, from If-Match; None for `*`. Raises 428 without it, 400 for nonsense."""
    said = request.headers.get("If-Match", "").strip()
    if not said:
        raise PreconditionRequired
    if said == "*":
        return None
    number = said.removeprefix("W/").strip('"')
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise ValidationError({"If-Match": ["Send the ETag as it was read."]})
    return int(number)


def takes_move(
    name: str,
    summary: str,
    *,
    role: str,
    takes: type[serializers.Serializer] | None = None,
    carry_out: Callable[..., Any] | None = None,
    called: str = "",
    more: str = "",
):
    """An action of a viewset: one move of its records, at `…/moves/<name>/`.

    `takes` reads its inputs. `carry_out(record, data, by=user, seen=version)` is the function that the page calls,
    where the move is more than a row; without one the engine moves the record. It returns the record as it then is.
    `called` is the attribute of the view, where the name of the move is taken there. `more` is said in the description
    below the summary.
    """

    def take(self, request, *args, **kwargs):
        record = self.get_object()
        seen = seen_by(request)
        reader = (takes or NoInputs)(data=request.data, context=self.get_serializer_context())
        reader.is_valid(raise_exception=True)
        moved = (carry_out or _moved(name))(record, reader.validated_data, by=request.user, seen=seen)
        return self.shown(moved)

    take.__name__ = called or name.replace("-", "_")
    take.__doc__ = f"{summary}\n\n{more}"
    described = extend_schema(
        summary=summary,
        request=takes or NoInputs,
        parameters=[IF_MATCH],
    )(action(detail=True, methods=["post"], url_path=f"moves/{name}", url_name=f"move-{name}", role=role)(once(take)))
    described.moves = name
    return described


def _moved(name: str):
    def carry_out(record, data, *, by, seen):
        return transitions.move(record, name, by=transitions.person(by), data=data, seen=seen)

    return carry_out


class NoInputs(serializers.Serializer):
    """Nothing to say beside the move itself."""
