"""Venues for tests: one with every core fact known, and a question to its host with its raw link."""

from people.transitions import create, person
from training.models import Venue, VenueQuestion
from training.planning.venues import FACTS, save_facts

CORE = [fact.code for fact in FACTS if fact.core]


def venue_of(name="Village hall", *, known=CORE) -> Venue:
    """A venue whose named facts are known, each with a yes by Effie Laing."""
    venue = Venue.objects.create(name=name, address="Shore Road")
    save_facts(venue, {code: {"answer": "yes"} for code in known}, checked_by="Effie Laing")
    return venue


def question_of(cast, venue, *, email="effie@example.org") -> VenueQuestion:
    """The host is asked by Priya; `raw_token` is on the row that comes back."""
    question = VenueQuestion(venue=venue, asked_by=cast.priya, name="Effie Laing", email=email)
    return create(question, "ask", by=person(cast.priya))
