"""What the views of confidential records share: an answer to a move holds no words.

The answer to a request with an Idempotency-Key is kept and told again; what it must not hold is anything that the
caller may no longer read by then.
"""

from rest_framework.response import Response

from appraisal.serializers.fields import MovedSerializer
from people.models import Stateful
from people.rest.moves import etag


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
