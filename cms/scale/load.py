"""Laying down the large body, some hundred people at a time, so that memory stays flat."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db.models import Model

from cms.demo.people import email
from cms.scale import evidence, learning, reviews
from cms.scale.learning import Course
from cms.scale.people import Body
from cms.scale.records import Freezer
from cms.scale.sessions import hold_sessions
from cms.scale.writer import Writer
from people.models import User

CHUNK = 250


def fill(size: int, courses: list[Course], *, seed: int, said: Callable[[int], None]) -> Counter[type[Model]]:
    """Write so many people with all that is theirs; returns how many rows of each kind."""
    writer = Writer()
    body = Body(size, writer, seed)
    body.write_people()
    with _no_collecting():
        hold_sessions(body, writer)
    rounds = reviews.write_cycles(User.objects.get(email=email("hr")), writer)
    behaviours = {code: [item.behaviour_text.behaviour for item in rows] for code, rows in reviews.profiles().items()}
    freezer = Freezer(writer)
    done = 0
    for members in body.chunks(CHUNK):
        with _no_collecting():
            learning.learn(members, courses, writer)
            evidence.keep_examples(members, behaviours, writer)
            evidence.note(members, behaviours, writer)
            shared = [told for each in rounds.values() for told in reviews.review(members, each, courses, writer)]
            writer.flush()
            freezer.freeze(shared)
        done += len(members)
        said(done)
    for each in rounds.values():
        each.cycle.teams.set([team.pk for team in body.teams])  # COPY does not tell a row its database
    writer.close()
    return writer.written


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Looking for garbage among rows that all live until they are written costs a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()
