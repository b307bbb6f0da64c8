"""What the views of confidential records share: an answer to a move holds no words."""

from rest_framework.response import Response

from people.models import Stateful, User
from people.rest.moved import MovesWithoutWords, without_words
from people.transitions import NotYours, moves_of, person


def ask_whose(record: Stateful, name: str, user: User) -> None:
    """Raise NotYours before anything is said about the input: first whose move it is, then what they sent."""
    if not moves_of(type(record))[name].who(record, person(user)):
        raise NotYours


class Confidential(MovesWithoutWords):
    """Moves answer with where the record stands, and nothing of what is in it."""

    def moved(self, record: Stateful, status: int = 200) -> Response:
        """What became of a record, with its version."""
        return without_words(record, self.get_serializer_context(), status)
