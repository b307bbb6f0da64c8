"""People who come without an account, for tests."""

from people.models import User
from tests.factories.sessions import ask
from training.booking import links
from training.models import JointSession, Place

GUEST = ("Mairi Gunn", "mairi@example.com")


def guest_place(session: JointSession, *, name: str = GUEST[0], email: str = GUEST[1]) -> Place:
    """Somebody's place in the session that belongs to no account, and whose link was mailed."""
    user = User.objects.create_user(email, name=name)
    place = ask(session, user)
    Place.objects.filter(pk=place.pk).update(person=None)
    User.objects.filter(pk=user.pk).delete()
    place = Place.objects.get(pk=place.pk)
    links.open_link(place)
    return place


def link_to(place: Place) -> str:
    """The address of the place's link as it stands in mails."""
    return f"/sessions/place/{links.token_of(place)}/"
