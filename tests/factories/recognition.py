"""Thank yous for tests: Rhona and Ailsa are in one partnership, and Rhona thanks her."""

from appraisal.models import Recognition
from appraisal.recognition import say_thanks
from partnerships.models import Behaviour, Partnership, PartnershipPerson
from people.transitions import move, person

WORDS = "You rang before the water came, and the list was right."


def together(cast, *names) -> Partnership:
    """These people are in one partnership, led by Donald."""
    group = Partnership.objects.create(name="Varrach", slug="varrach", purpose="Warnings.", lead=cast.donald)
    for name in names or ("rhona", "ailsa"):
        organisation = {"rhona": cast.carers, "dougie": cast.union}.get(name, cast.host)
        PartnershipPerson.objects.create(partnership=group, person=cast.people[name], organisation=organisation)
    return group


def thanks_of(cast, words=WORDS) -> Recognition:
    """Rhona's to Ailsa; they have to be together already."""
    return say_thanks(cast.ailsa, behaviour(), words, by=cast.rhona)


def behaviour() -> Behaviour:
    """One of the framework when it is loaded, else one by itself."""
    return Behaviour.objects.first() or Behaviour.objects.create(code="PB1", slug="involve-early")


def thanks_in(cast, state) -> Recognition:
    """The same in this state."""
    together(cast)
    given = thanks_of(cast)
    name = {"kept": "keep", "let_go": "let_go"}.get(state)
    return move(given, name, by=person(cast.ailsa)) if name else given
