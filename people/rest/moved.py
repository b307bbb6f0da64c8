"""Answers that hold no words: what became of a record, and its version.

The answer to a request with an Idempotency-Key is kept and told again; what it must not hold is anything that the
caller may no longer read by then.
"""

from rest_framework import serializers
from rest_framework.response import Response

from people.models import Stateful
from people.rest.moves import MovesField, etag


class MovedSerializer(serializers.Serializer):
    """What became of a record. Its words are read at its own address, as far as the caller then may read them."""

    id = serializers.IntegerField()
    state = serializers.CharField(help_text="Where it stands now.")
    moves = MovesField()


def without_words(record: Stateful, context: dict, status: int = 200) -> Response:
    """What became of a record, with its version."""
    serializer = MovedSerializer(record, context=context)
    return Response(serializer.data, status=status, headers={"ETag": etag(record)})


class MovesWithoutWords:
    """For a view: moves answer with where the record stands, and nothing of what is in it."""

    def get_serializer_class(self):
        """The page of a record, or what became of it."""
        action = getattr(self, self.action or "", None)
        return MovedSerializer if hasattr(action, "moves") else super().get_serializer_class()
