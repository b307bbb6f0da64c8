"""Addresses of the demo's records by words: the first word says which record, the rest is the page below it."""

import datetime

from django.utils import timezone

from appraisal.drafts import start_draft, values_of_next_year
from appraisal.models import AppraisalCycle, AppraisalReview, EvidenceConfirmation, ManagerNote
from appraisal.recognition import say_thanks
from cms import merging
from partnerships.models import Behaviour
from people.models import Post, Team, User
from people.transitions import create, person
from tests.factories.session_days import guest_of as guest
from tests.factories.session_days import over, said
from tests.factories.sessions import begin
from training.booking.colleagues import book
from training.booking.invitations import Invitee, invite
from training.booking.links import open_link, token_of
from training.models import (
    Certificate,
    FeedbackLink,
    FeedbackRound,
    JointSession,
    Place,
    RequiredLearning,
    SessionInvitation,
    UnitPage,
    Venue,
    VenueQuestion,
)
from training.planning.proposals import propose

DAY = datetime.timedelta(days=1)
FIRST, SECOND = "why-we-work-in-partnership", "start-early-close-the-loop"
PEOPLE = ("staff", "manager", "countersigner", "hr", "coordinator")
AILSA, MORAG, FERGUS, TOM, PRIYA = (f"{who}@example.org" for who in PEOPLE)


def address(where: str) -> str:
    """The address that these words mean; an address is left as it is."""
    kind, _space, more = where.partition(" ")
    return KINDS[kind](more) if kind in KINDS else where


def _unit(more: str) -> str:
    unit = UnitPage.objects.live().filter(url_path__contains=FIRST).order_by("path").first()
    return f"/learning/{FIRST}/{unit.slug}/{more}"


def _certificate(more: str) -> str:
    return f"/certificates/{Certificate.objects.get(holder__email=AILSA, place=None).code}/{more}"


def _session(more: str) -> str:
    return f"/sessions/{JointSession.objects.get(title='Starting early together').pk}/{more}"


def _place(more: str) -> str:
    """Dougie's place by its mailed link."""
    place = Place.objects.get(session__title="Starting early together", email="union@example.org", colleague_of=None)
    return f"{open_link(place)}{more}"


def _room(more: str) -> str:
    """Who is in the room of the session that is planned for all sides."""
    return f"/manage/sessions/{JointSession.objects.get(title='Starting early together').pk}/room/{more}"


def _required(more: str) -> str:
    """What is required of everybody on the staff."""
    return f"/manage/required/{RequiredLearning.objects.get(audience='everyone').pk}/{more}"


def _desk(more: str) -> str:
    """The co-ordinators' page of a session."""
    return f"/manage/sessions/{JointSession.objects.get(title='Starting early together').pk}/{more}"


def _colleague(more: str) -> str:
    """The page on which Dougie says who comes with him."""
    place = Place.objects.get(session__title="Starting early together", email="union@example.org", colleague_of=None)
    found = place.colleagues.first() or book(place, by=person(place.person), known=0)
    return f"{open_link(found)}{more}"


def _day(more: str) -> str:
    """A session that began an hour ago, with somebody who just came in."""
    session = JointSession.objects.get(title="A day on site: visit and joint review")
    if not session.has_started:
        begin(session)
        guest(session, User.objects.get(email=PRIYA))
    return f"/manage/sessions/{session.pk}/{more}"


def _after(more: str) -> str:
    """A session that is over, of which enough people have said how it was."""
    session = JointSession.objects.get(title="Disagreeing well: role swap")
    if not session.has_started:
        begin(session)
        guest(session, User.objects.get(email=PRIYA))
        over(session)
        said(session, timezone.localdate() - DAY)
    return f"/manage/sessions/{session.pk}/{more}"


def _how(more: str) -> str:
    """The four questions, for whoever came to the day on site."""
    _day("")
    place = Place.objects.filter(session__title="A day on site: visit and joint review").first()
    raw, hashed = FeedbackLink.make_token()
    FeedbackLink.objects.filter(place=place).delete()
    FeedbackLink.objects.create(place=place, token_hash=hashed, email=place.email, expires_at=timezone.now() + 9 * DAY)
    promise = {"closes_on": timezone.localdate() + DAY, "minimum_scores": 3, "minimum_words": 5}
    FeedbackRound.objects.get_or_create(session=place.session, defaults=promise)
    return f"/feedback/{raw}/{more}"


def _typed(more: str) -> str:
    """A name that somebody typed when they booked."""
    place = Place.objects.filter(session__title="Starting early together").order_by("pk").first()
    Place.objects.filter(pk=place.pk).update(organisation_name="Knitting Circle")
    return f"/manage/organisations/{place.pk}/{more}"


def _twice(more: str) -> str:
    """Two organisations on the list that are one."""
    gone, kept = merging.alike()[0]
    return f"/manage/organisations/merge/{gone.pk}/{kept.pk}/{more}"


def _invited(more: str) -> str:
    """The page behind the invitation of somebody without an account."""
    session = JointSession.objects.get(title="Starting early together")
    invite(session, [Invitee("new@example.org")], by=session.coordinator)
    row = SessionInvitation.objects.get(session=session, email="new@example.org")
    return f"/invitations/{token_of(row)}/{more}"


def _example(more: str) -> str:
    return f"/evidence/{EvidenceConfirmation.objects.get(email='partner@example.org').entry_id}/{more}"


def _note(more: str) -> str:
    note = ManagerNote.objects.filter(person__email=AILSA, answer="").first()
    return f"/reviews/notes/{note.pk}/{more}"


def _person(more: str) -> str:
    return f"/team/{Post.objects.get(person__email=AILSA).pk}/{more}"


def _post(more: str) -> str:
    return f"/manage/posts/{Post.objects.get(person__email=AILSA).pk}/{more}"


def _team(more: str) -> str:
    return f"/manage/posts/teams/{Team.objects.order_by('pk').first().pk}/{more}"


def _review(more: str) -> str:
    """A review of Morag's team in the state that comes next, the earliest by cycle and name; then the page below it."""
    state, _space, page = more.partition(" ")
    team = AppraisalReview.objects.filter(state=state, manager__email=MORAG)
    return f"/reviews/{team.order_by('cycle_id', 'job_holder__name').first().pk}/{page}"


def _own(more: str) -> str:
    """The review that was shared with Fergus."""
    return f"/reviews/{AppraisalReview.objects.get(state='shared', job_holder__email=FERGUS).pk}/{more}"


def _envelope(more: str) -> str:
    """A review of Morag's team in the state that comes next, as administrators see it."""
    state, _space, page = more.partition(" ")
    review = AppraisalReview.objects.filter(state=state, manager__email=MORAG).order_by("-cycle_id", "pk").first()
    return f"/manage/reviews/{review.pk}/{page}"


def _cycle(more: str) -> str:
    """The open cycle; `ticked=all` stands for every review in it."""
    cycle = AppraisalCycle.objects.open().first()
    ticked = "&".join(f"review={pk}" for pk in cycle.reviews.values_list("pk", flat=True))
    return f"/manage/cycles/{cycle.pk}/{more.replace('ticked=all', ticked)}"


def _draft(more: str) -> str:
    """A cycle like the one that is open, over all teams, nobody left out: some of them have to be solved."""
    tom, open_one = User.objects.get(email=TOM), AppraisalCycle.objects.open().first()
    cycle = start_draft(values_of_next_year(open_one) | {"purpose": open_one.purpose}, by=tom)
    cycle.teams.set(Team.objects.all())
    return f"/manage/cycles/{cycle.pk}/{more}"


def _venue(more: str) -> str:
    return f"{Venue.objects.get(name='Varrach day centre').get_absolute_url()}{more}"


def _proposal(more: str) -> str:
    """What Rhona proposes."""
    rhona = User.objects.get(email="partner@example.org")
    answers = {"what": "A day at the day centre", "where_and_when": "With us, in spring", "who_for": "The night shift"}
    return f"{propose(answers, None, by=rhona).get_absolute_url()}{more}"


def _thanks(more: str) -> str:
    """What Rhona thanks Ailsa for."""
    rhona, ailsa = User.objects.get(email="partner@example.org"), User.objects.get(email=AILSA)
    given = say_thanks(ailsa, Behaviour.objects.first(), "You rang before the water came.", by=rhona)
    return f"{given.get_absolute_url()}{more}"


def _host(more: str) -> str:
    """The page behind the link that the host of the day centre gets."""
    priya, venue = User.objects.get(email=PRIYA), Venue.objects.get(name="Varrach day centre")
    question = VenueQuestion(venue=venue, asked_by=priya, name="Rhona MacBain", email="partner@example.org")
    return f"/venues/{create(question, 'ask', by=person(priya)).raw_token}/{more}"


KINDS = {
    "DESK": _desk,
    "DAY": _day,
    "AFTER": _after,
    "HOW": _how,
    "UNIT": _unit,
    "CERTIFICATE": _certificate,
    "SESSION": _session,
    "PLACE": _place,
    "TYPED": _typed,
    "TWICE": _twice,
    "COLLEAGUE": _colleague,
    "INVITED": _invited,
    "ROOM": _room,
    "REQUIRED": _required,
    "EXAMPLE": _example,
    "NOTE": _note,
    "PERSON": _person,
    "POST": _post,
    "TEAM": _team,
    "REVIEW": _review,
    "OWN": _own,
    "ENVELOPE": _envelope,
    "CYCLE": _cycle,
    "DRAFT": _draft,
    "VENUE": _venue,
    "PROPOSAL": _proposal,
    "THANKS": _thanks,
    "HOST": _host,
}
