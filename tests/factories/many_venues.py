"""Many venues, proposals and thank yous, for the counts of queries. Each takes the cast and how many."""

from appraisal.models import Recognition
from partnerships.models import PartnershipPerson
from people.lib.dates import today
from people.models import Post, Team, User
from tests.factories.many import sessions
from tests.factories.proposals import ANSWERS
from tests.factories.recognition import behaviour, together
from tests.factories.venues import question_of
from training.enums import ProposalState, SessionFormat
from training.models import JointSession, SessionProposal, Venue, VenueFact
from training.planning.venues import FACTS


def venues(cast, count):
    """So many venues of the carers, about each of which everything is known."""
    rows = Venue.objects.bulk_create(
        Venue(name=f"Hall {n}", address="Shore Road", host=cast.carers) for n in range(count)
    )
    VenueFact.objects.bulk_create(
        VenueFact(venue=row, code=fact.code, answer="yes", checked_by="Effie Laing", checked_on="2026-01-05")
        for row in rows
        for fact in FACTS
    )
    return rows[0].pk


def busy_venue(cast, count):
    """A venue with an open question and so many sessions to come."""
    pk = venues(cast, 1)
    sessions(cast, count)
    JointSession.objects.update(venue=pk, format=SessionFormat.HYBRID)
    question_of(cast, Venue.objects.get(pk=pk))
    return pk


def asked_host(cast, count):
    """The link of one of so many venues."""
    return question_of(cast, Venue.objects.get(pk=venues(cast, count))).raw_token


def proposals(cast, count, **values):
    """So many proposals of Rhona's that wait for a reply."""
    rows = SessionProposal.objects.bulk_create(
        SessionProposal(
            **({"state": ProposalState.PROPOSED, "by": cast.rhona, "organisation": cast.carers} | ANSWERS | values),
            reply_due_on=today(),
        )
        for _number in range(count)
    )
    return rows[0].pk


def answered_proposals(cast, count):
    """So many that Priya declined."""
    return proposals(cast, count, state=ProposalState.DECLINED, answered_by=cast.priya, words="Not now.")


def thanks(cast, count):
    """So many of Rhona's to Ailsa, none of them read."""
    Recognition.objects.bulk_create(
        Recognition(state="given", by=cast.rhona, to=cast.ailsa, behaviour=behaviour(), words=f"For {n}")
        for n in range(count)
    )


def people_met(cast, count):
    """So many people who work here are in one partnership with Rhona."""
    group, team = together(cast), Team.objects.first()
    people = User.objects.bulk_create(User(email=f"q{n}@example.org", name=f"Q {n}") for n in range(count))
    Post.objects.bulk_create(
        Post(person=one, team=team, title="Officer", line_manager=cast.morag, starts_on="2026-01-05") for one in people
    )
    PartnershipPerson.objects.bulk_create(
        PartnershipPerson(partnership=group, person=one, organisation=cast.host) for one in people
    )
