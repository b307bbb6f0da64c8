"""What the views of confidential records share: an answer to a move holds no words.

The answer to a request with an Idempotency-Key is kept and told again; what it must not hold is anything that the
caller may no longer read by then.
"""

from rest_framework.response import Response

from appraisal.serializers.fields import MovedSerializer
from people.models import Stateful, User
from people.rest.moves import etag
from people.transitions import NotYours, moves_of, person


def ask_whose(record: Stateful, name: str, user: User) -> None:
    """Raise NotYours before anything is said about the input: first whose move it is, then what they sent."""
    if not moves_of(type(record))[name].who(record, person(user)):
        raise NotYours


class Confidential:
    """Moves answer with where the record stands, and nothing of what is in it."""

    def get_serializer_class(self):
        """The page of a record, or what became of it."""
        action = getattr(self, self.action or "", None)
        return MovedSerializer if hasattr(action, "moves") else super().get_serializer_class()

    def moved(self, record: Stateful, status: int = 200) -> Response:
        """What became of a record, with its version."""
        serializer = MovedSerializer(record, context=self.get_serializer_context())
        return Response(serializer.data, status=status, headers={"ETag": etag(record)})
