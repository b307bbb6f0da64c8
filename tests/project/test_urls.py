"""Who may enter where: every address of the site, for every one of the cast and for somebody not signed in.

The table below is the whole truth: an address that is not in it fails the test. Our own addresses and Wagtail's
admin alike are walked; operations of the API stand in tests/api/test_matrix.py.
"""

import datetime
from dataclasses import dataclass

import pytest
from django.core.cache import caches
from django.db import transaction
from django.forms import BaseForm
from django.test import Client, TestCase
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from appraisal.enums import ReviewState
from appraisal.models import EvidenceConfirmation, EvidenceEntry
from partnerships.models import Behaviour, FrameworkVersion, RoleProfile
from people.lib.dates import today
from people.models import ApiToken, JobFamily, ManagerCover, Organisation, Team, TokenLink
from people.transitions import move, person
from tests.cast import PEOPLE, Cast
from tests.factories.proposals import proposal_of
from tests.factories.recognition import thanks_of
from tests.factories.reviews import draft_cycle, next_step, note_seen, review_in
from tests.factories.venues import question_of
from training.booking import getting_ready, invitations
from training.booking.links import open_link, token_of
from training.models import (
    Certificate,
    FeedbackLink,
    FeedbackRound,
    JointSession,
    LearningException,
    Place,
    UnitPage,
    Venue,
)
from training.planning import papers

DAY = datetime.timedelta(days=1)
NOBODY = "not signed in"
EVERYONE = frozenset(PEOPLE)
ALL = EVERYONE | {NOBODY}


def only(*names: str) -> frozenset[str]:
    return frozenset(names)


EDITORS = only("senga")
COORDINATORS = only("priya")
HR = only("tom")
LEADERS = only("priya", "donald", "rhona")  # the co-ordinator, and those who lead the session of the walk
OWNER = only("ailsa")
OWNER_AND_MANAGER = only("ailsa", "morag")


@dataclass(frozen=True)
class Row:
    """Who may enter, and how one enters: by GET, or by POST where nothing else is taken."""

    who: frozenset[str]
    post: bool = False
    data: tuple[tuple[str, str], ...] = ()


TABLE = {
    # the roof
    "healthz": Row(ALL),
    "readyz": Row(ALL),
    "my-work": Row(EVERYONE),
    "account": Row(EVERYONE),
    "tokens:list": Row(EVERYONE),
    "tokens:add": Row(EVERYONE),  # asked for their password first
    "tokens:revoke": Row(only("ailsa"), post=True),  # her own
    "manage": Row(only("priya", "tom", "senga")),
    "policies": Row(only("priya", "tom")),
    "media": Row(frozenset()),  # the walk asks for a private file: nobody gets it there
    "wagtail_serve": Row(ALL),
    # learning
    "learning:catalogue": Row(EVERYONE),
    "learning:record": Row(EVERYONE),
    "learning:record-pdf": Row(EVERYONE),  # one's own, when it was made
    "learning:record-pdf-order": Row(EVERYONE, post=True),
    "learning:record-csv": Row(EVERYONE),
    "learning:module": Row(EVERYONE),
    "learning:start": Row(EVERYONE, post=True),
    "learning:renew": Row(EVERYONE, post=True),  # with nothing to renew: 409
    "learning:confidence": Row(only("ailsa", "dougie", "rhona"), post=True),  # those who have started
    "learning:check": Row(EVERYONE),
    "learning:check-start": Row(only("ailsa", "dougie", "rhona"), post=True),
    "learning:check-save": Row(only("ailsa", "dougie"), post=True, data=(("attempt", "1"),)),  # those who hold a paper
    "learning:result": Row(EVERYONE),
    "learning:unit": Row(EVERYONE),
    "learning:finish": Row(EVERYONE, post=True),
    "learning:reflection": Row(EVERYONE, post=True),
    "learning:try": Row(EVERYONE, post=True),
    # joint sessions: one that Priya published, with places for all of them
    "sessions:list": Row(EVERYONE),
    "sessions:detail": Row(EVERYONE),
    "sessions:book": Row(EVERYONE),
    "sessions:take": Row(only("ailsa", "rhona", "dougie"), post=True),  # they hold a place; none is offered: 409
    "sessions:cancel": Row(only("ailsa", "rhona", "dougie"), post=True),  # those who hold a place
    "sessions:paper": Row(EVERYONE),
    "invitations:answer": Row(ALL),  # whoever holds the link
    # the day of that session, which Priya co-ordinates; it has not begun: 409 where something is kept
    "session-day:attendance": Row(LEADERS),
    "session-day:attendance-date": Row(LEADERS),
    "session-day:everyone": Row(LEADERS, post=True),
    "session-day:walk-in": Row(LEADERS, post=True, data=(("name", "Pal Hamish"),)),
    "sessions:calendar": Row(only("ailsa", "rhona", "dougie")),  # those who are booked
    "sessions:ready": Row(only("ailsa", "rhona", "dougie")),
    "sessions:prepare": Row(LEADERS),
    "organisations:list": Row(COORDINATORS),
    "organisations:decide": Row(COORDINATORS),
    "organisations:take-back": Row(COORDINATORS, post=True),
    "organisation-merge": Row(COORDINATORS),
    "organisation-merge-two": Row(COORDINATORS),
    "needs:list": Row(EVERYONE),  # what they may read; for most people nothing
    "needs:of-session": Row(EVERYONE),
    "needs:answer": Row(COORDINATORS, post=True, data=(("state", "arranged"),)),  # the session's own
    "sessions:colleague": Row(only("ailsa", "rhona", "dougie"), post=True),
    # the same by Dougie's mailed link
    "sessions:place-colleague": Row(ALL, post=True),
    "sessions:place-name": Row(ALL),
    "sessions:named": Row(ALL),
    "sessions:place-ready": Row(ALL),
    "sessions:place": Row(ALL),
    "sessions:place-paper": Row(ALL),
    "sessions:place-book": Row(ALL, post=True),
    "sessions:place-take": Row(ALL, post=True),
    "sessions:place-cancel": Row(ALL, post=True),
    "sessions:place-calendar": Row(ALL),
    "sessions:come-back": Row(ALL),
    # a thank you of Rhona's to Ailsa
    "thanks:list": Row(EVERYONE),
    "thanks:say": Row(EVERYONE),
    "thanks:detail": Row(only("ailsa", "rhona")),
    "thanks:move": Row(OWNER, post=True),
    # a proposal of Rhona's
    "proposals:propose": Row(EVERYONE),
    "proposals:detail": Row(only("rhona", "priya")),
    "proposals:reply": Row(COORDINATORS, post=True, data=(("move", "accept"), ("words", "In May."))),
    "proposals:withdraw": Row(only("rhona"), post=True),
    "manage-proposals:list": Row(COORDINATORS),
    # venues: one whose host, Rhona, got a link
    "manage-venues:list": Row(COORDINATORS),
    "manage-venues:add": Row(COORDINATORS),
    "manage-venues:detail": Row(COORDINATORS),
    "manage-venues:edit": Row(COORDINATORS),
    "manage-venues:check": Row(COORDINATORS, post=True),
    "manage-venues:ask": Row(COORDINATORS, post=True),
    "manage-venues:withdraw": Row(COORDINATORS, post=True),
    "venues:answer": Row(ALL),
    "invitations:paper": Row(ALL),
    "manage-sessions:list": Row(COORDINATORS),
    "manage-sessions:add": Row(COORDINATORS),
    "manage-sessions:detail": Row(COORDINATORS),
    "manage-sessions:copy": Row(COORDINATORS, post=True),
    "manage-sessions:delete": Row(COORDINATORS),
    "manage-sessions:change": Row(COORDINATORS),
    "manage-sessions:part": Row(COORDINATORS),
    "manage-sessions:check": Row(COORDINATORS),
    "manage-sessions:mail": Row(COORDINATORS),
    "manage-sessions:invite": Row(COORDINATORS),
    "manage-sessions:ask-again": Row(COORDINATORS, post=True),
    "manage-sessions:message": Row(COORDINATORS),
    "manage-sessions:go-ahead": Row(COORDINATORS),
    "manage-sessions:cancel": Row(COORDINATORS),
    "manage-sessions:papers": Row(COORDINATORS),
    "manage-sessions:paper-withdraw": Row(COORDINATORS, post=True),
    "manage-sessions:place": Row(COORDINATORS),
    "session-day:sheet": Row(LEADERS, post=True),
    "session-day:certificates": Row(COORDINATORS),
    "session-day:heard": Row(COORDINATORS),  # Priya's own session
    "feedback:answer": Row(ALL),  # whoever holds the link
    # certificates
    "certificates:list": Row(EVERYONE),
    "certificates:detail": Row(OWNER),
    "certificates:pdf": Row(OWNER),
    "verify:verify": Row(ALL),
    "verify:verify-code": Row(ALL),
    "manage-tries:list": Row(COORDINATORS),
    "manage-tries:give": Row(COORDINATORS),
    "manage-participation:year": Row(COORDINATORS),
    "manage-participation:csv": Row(COORDINATORS),
    "manage-participation:sizes": Row(COORDINATORS),
    "manage-sessions:room": Row(COORDINATORS),
    "manage-required:list": Row(COORDINATORS),
    "manage-required:add": Row(COORDINATORS),
    "manage-required:detail": Row(COORDINATORS),
    "manage-required:end": Row(COORDINATORS, post=True),
    "manage-required:except": Row(COORDINATORS),
    "manage-required:exception-end": Row(COORDINATORS, post=True),
    "manage-certificates:list": Row(COORDINATORS),
    "manage-certificates:detail": Row(COORDINATORS),
    # examples: Ailsa's, shared with Morag; Rhona was asked
    "evidence:list": Row(EVERYONE),
    "evidence:add": Row(EVERYONE),
    "evidence:detail": Row(OWNER_AND_MANAGER),
    "evidence:edit": Row(OWNER),
    "evidence:delete": Row(OWNER),
    "evidence:file": Row(OWNER_AND_MANAGER),
    "evidence:ask": Row(OWNER),
    "evidence:move": Row(OWNER, post=True),
    "evidence:send": Row(frozenset()),  # only a request that waits for the manager; Ailsa sent this one herself
    "evidence:withdraw": Row(OWNER, post=True),
    "evidence:reply": Row(OWNER, post=True, data=(("text", "Thank you."),)),
    "evidence:asked": Row(only("rhona")),
    "evidence:asked-file": Row(only("rhona")),
    "evidence:answer": Row(ALL),
    "evidence:answer-file": Row(ALL),
    # reviews: Ailsa's, by Morag; Fergus confirms; Tom administers
    "reviews:list": Row(EVERYONE),
    "reviews:notes": Row(EVERYONE),
    "reviews:note-answer": Row(OWNER),
    "reviews:steps": Row(EVERYONE),
    "reviews:step-mark": Row(OWNER_AND_MANAGER, post=True, data=(("done", "yes"),)),
    "reviews:detail": Row(only("ailsa", "morag", "fergus")),
    "reviews:go-on": Row(OWNER_AND_MANAGER),
    "reviews:write": Row(OWNER_AND_MANAGER),
    "reviews:whole": Row(OWNER_AND_MANAGER),
    "reviews:summary": Row(OWNER_AND_MANAGER),
    "reviews:check": Row(OWNER_AND_MANAGER),
    "reviews:level": Row(OWNER_AND_MANAGER),
    "reviews:move": Row(OWNER, post=True),  # the walk takes an answer back
    "reviews:answer": Row(OWNER),
    "reviews:fair": Row(only("fergus")),
    "reviews:record": Row(OWNER_AND_MANAGER),
    "reviews:record-pdf": Row(OWNER_AND_MANAGER),
    "reviews:record-add": Row(OWNER),
    "team:list": Row(EVERYONE),
    "team:person": Row(only("morag")),
    "team:note": Row(only("morag")),
    "team:talk": Row(only("morag")),
    "cycles:list": Row(HR),
    "cycles:detail": Row(HR),
    "cycles:remind": Row(HR),
    "cycles:export": Row(HR),
    "cycles:show-levels": Row(HR),
    "cycles:close": Row(HR),
    "review-admin:detail": Row(HR),
    "review-admin:hand-over": Row(HR),
    "review-admin:second-manager": Row(HR),
    "review-admin:reopen": Row(HR),
    "review-admin:void": Row(HR),
    "review-admin:open": Row(HR),
    "cycles:add": Row(HR),
    "cycles:edit": Row(HR),
    "cycles:people": Row(HR),
    "cycles:leave-out": Row(HR),
    "cycles:put-back": Row(HR, post=True),
    "cycles:check": Row(HR),
    "cycles:open": Row(HR, post=True),
    "cycles:progress": Row(HR),
    "cycles:delete": Row(HR),
    # posts
    "posts:list": Row(HR),
    "posts:add": Row(HR),
    "posts:edit": Row(HR),
    "posts:end": Row(HR),
    "posts:teams": Row(HR),
    "posts:team": Row(HR),
    "posts:families": Row(HR),
    "posts:family": Row(HR),
    "posts:cover": Row(HR),
    "posts:cover-end": Row(HR, post=True),
    # the framework and the partnerships
    "framework:detail": Row(ALL),
    "framework:behaviour": Row(ALL),
    "framework:version": Row(ALL),
    "framework:my-look": Row(EVERYONE),
    "framework:my-look-delete": Row(EVERYONE, post=True),
    "manage-framework:list": Row(EDITORS),
    "manage-framework:start": Row(EDITORS, post=True),
    "manage-framework:version": Row(EDITORS),
    "manage-framework:texts": Row(EDITORS),
    "manage-framework:behaviour": Row(EDITORS),
    "manage-framework:profile": Row(EDITORS),
    "manage-framework:agreement": Row(EDITORS),
    "manage-framework:publish": Row(EDITORS, post=True),
    "manage-partnerships:add": Row(COORDINATORS),
    "manage-partnerships:edit": Row(COORDINATORS),
    "partnerships:list": Row(EVERYONE),
    "partnerships:detail": Row(EVERYONE),
    # sign-in
    "account_login": Row(ALL),
    "account_logout": Row(ALL),
    "account_inactive": Row(ALL),
    "account_signup": Row(ALL),
    "account_email_verification_sent": Row(EVERYONE),
    "account_reset_password": Row(ALL),
    "account_reset_password_done": Row(ALL),
    "account_reset_password_from_key": Row(ALL),
    "account_reset_password_from_key_done": Row(ALL),
    "account_request_login_code": Row(ALL),
    "account_confirm_login_code": Row(EVERYONE),
    "account_reauthenticate": Row(EVERYONE),
    "account_email": Row(EVERYONE),
    "account_change_password": Row(EVERYONE),
    "account_set_password": Row(EVERYONE),
    "mfa_index": Row(EVERYONE),
    "mfa_authenticate": Row(EVERYONE),
    "mfa_reauthenticate": Row(EVERYONE),
    # without a second step there is nothing to take away, look at or download
    "mfa_activate_totp": Row(EVERYONE),
    "mfa_deactivate_totp": Row(frozenset()),
    "mfa_view_recovery_codes": Row(frozenset()),
    "mfa_generate_recovery_codes": Row(EVERYONE),
    "mfa_download_recovery_codes": Row(frozenset()),
}
# The pages of a cycle that is still being prepared
PREPARING = ("cycles:edit", "cycles:people", "cycles:leave-out", "cycles:check", "cycles:open", "cycles:delete")
REQUIRED = ("manage-required:detail", "manage-required:end", "manage-required:except")
# Wagtail's own addresses outside the admin: pages and documents behind a password or a sign-in
WAGTAIL_OUTSIDE = {
    "wagtaildocs_serve",
    "wagtaildocs_authenticate_with_password",
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
}
# Under /cms/ nobody but editors and moderators gets in; these hold nothing and open to all
WAGTAIL_OPEN = {"wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog"}
# Pages of one date of a session
ON_A_DATE = ("session-day:sheet", "session-day:attendance-date", "session-day:everyone", "session-day:walk-in")
# Records that may not be there for the person: then the page says so without telling more
NOT_FOUND_IS_FINE = {
    "learning:record-pdf",
    "certificates:pdf",
    "reviews:record-pdf",
    "evidence:file",
    "evidence:asked-file",
    "evidence:answer-file",
}
NOT_FOUND_IS_FINE |= {"manage-framework:profile", "account_reset_password_from_key", "manage-tries:give"}


def addresses(resolver=None, namespaces=(), prefix="", parents=()):
    """(name, path, pattern) of every address the site answers to."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield ":".join([*namespaces, entry.name or path]), path, [*parents, entry]
        else:
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from addresses(entry, inner, path, [*parents, entry])


# Operations of the API have a table of their own: tests/api/test_matrix.py
OURS = sorted({name for name, path, _ in addresses() if not path.startswith(("cms/", "api/"))} - WAGTAIL_OUTSIDE)
OF_TRAINING = sorted(
    {
        name
        for name, _, found in addresses()
        if getattr(found[-1].callback, "__module__", "").startswith("training.views")
    }
)
ADMIN = sorted({name for name, path, _ in addresses() if path.startswith("cms/")} - WAGTAIL_OPEN)


def walk_values() -> dict:
    """A real record for every placeholder: Ailsa's certificate and example, Rhona's request."""
    confirmation = EvidenceConfirmation.objects.get(
        email="partner@example.org", entry__owner__email="staff@example.org"
    )
    certificate = Certificate.objects.get(holder__email="staff@example.org", place=None)
    module = certificate.completion.start.module if hasattr(certificate, "completion") else None
    unit = UnitPage.objects.live().child_of(module).order_by("path").first()
    blocks = {block.block_type: block.id for page in UnitPage.objects.child_of(module) for block in page.body}
    return {
        "confirmation": confirmation,
        "certificate": certificate,
        "module": module.slug,
        "unit": unit.slug,
        "units": {
            kind: page.slug
            for page in UnitPage.objects.child_of(module)
            for kind in {block.block_type for block in page.body}
        },
        "blocks": blocks,
        "partnership": "varrach",
    }


def reviews_of_ailsa(demo) -> dict:
    """Ailsa's review being written, shared, and closed, each in a cycle of its own; and a concern about her."""
    cast = Cast(**demo, host=None, carers=None, union=None, people=demo)
    states = (ReviewState.SELF_REVIEW, ReviewState.SHARED, ReviewState.ANSWERED, ReviewState.CLOSED)
    with TestCase.captureOnCommitCallbacks(execute=True):
        reviews = {state.value: review_in(cast, state, name=f"Walk, {state.value}") for state in states}
        step = next_step(cast, reviews["closed"])
        return reviews | {"draft": draft_cycle(cast, name="Walk, draft"), "note": note_seen(cast), "step": step}


def feedback_link(session) -> str:
    """The token by which Ailsa says how the session was."""
    raw, hashed = TokenLink.make_token()
    day = today() + DAY
    FeedbackRound.objects.create(session=session, closes_on=day, minimum_scores=3, minimum_words=5)
    FeedbackLink.objects.create(
        place=session.places.first(), token_hash=hashed, email="x@example.org", expires_at=timezone.now() + DAY
    )
    return raw


@pytest.fixture(scope="module")
def site(demo):
    """The addresses of real records, by name of the address."""
    reviews = reviews_of_ailsa(demo)
    known = walk_values()
    entry: EvidenceEntry = known["confirmation"].entry
    confirmation, certificate = known["confirmation"], known["certificate"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        move(entry, "share", by=person(entry.owner))
    raw, hashed = TokenLink.make_token()
    EvidenceConfirmation.objects.filter(pk=confirmation.pk).update(token_hash=hashed)
    version = FrameworkVersion.objects.get(state="published")
    profile = RoleProfile.objects.filter(version=version).first()
    partnership = entry.partnership
    cover = ManagerCover.objects.create(
        manager=demo["fergus"], cover=demo["donald"], starts_on=today() + DAY, ends_on=today() + DAY
    )
    cast = Cast(**demo, host=None, carers=None, union=None, people=demo)
    question, proposal = question_of(cast, Venue.objects.first()), proposal_of(cast)
    given = thanks_of(cast)
    exception = LearningException.objects.first()
    learning = {"module": known["module"]}
    unit = learning | {"unit": known["unit"]}

    def writing(kind):
        return learning | {"unit": known["units"].get(kind, known["unit"]), "block": known["blocks"].get(kind, "none")}

    session = JointSession.objects.get(title="Starting early together")
    asked = invitations.invite(session, [invitations.Invitee("new@example.org")], by=session.coordinator).invited[0]
    with TestCase.captureOnCommitCallbacks(execute=True):
        paper = papers.publish(session, {"title": "The list", "link": "https://example.org/"}, by=session.coordinator)
    dougie = session.places.get(email="union@example.org")
    typed = session.places.get(email="staff@example.org")
    Place.objects.filter(pk=typed.pk).update(organisation_name="Knitting Circle")
    two = Organisation.objects.filter(is_host=False).order_by("pk").values_list("pk", flat=True)[:2]
    need = getting_ready.ask(dougie, "A seat near the door", [], by=person(demo["dougie"]))
    token = ApiToken.objects.create(
        person=demo["ailsa"], name="A program", digest="0" * 64, areas=["me"], expires_at=timezone.now() + DAY
    )
    values = {
        "tokens:revoke": {"pk": token.pk},
        "needs:answer": {"pk": need.pk},
        "organisations:decide": {"pk": typed.pk},
        "organisations:take-back": {"pk": 1},
        "organisation-merge-two": dict(zip(("gone_pk", "kept_pk"), two, strict=True)),
        "needs:of-session": {"session_pk": session.pk},
        "invitations:answer": {"token": token_of(asked)},
        "thanks:detail": {"pk": given.pk},
        "thanks:move": {"pk": given.pk, "name": "let_go"},
        **{f"proposals:{name}": {"pk": proposal.pk} for name in ("detail", "reply", "withdraw")},
        "manage-venues:withdraw": {"pk": question.pk},
        **{f"manage-venues:{name}": {"pk": question.venue_id} for name in ("detail", "edit", "check", "ask")},
        "venues:answer": {"token": question.raw_token},
        "invitations:paper": {"token": token_of(asked), "paper_pk": paper.pk},
        "manage-sessions:part": {"pk": session.pk, "code": "dates"},
        "manage-sessions:paper-withdraw": {"pk": session.pk, "paper_pk": paper.pk},
        "manage-sessions:place": {"pk": session.pk, "place_pk": session.places.first().pk, "name": "remove"},
        "media": {"path": "evidence/secret"},
        "wagtail_serve": [""],
        "learning:unit": unit,
        "learning:finish": unit,
        "learning:reflection": writing("reflection"),
        "learning:try": writing("try_it"),
        "certificates:detail": {"code": certificate.code},
        "certificates:pdf": {"code": certificate.code},
        "verify:verify-code": {"code": certificate.code},
        "manage-certificates:detail": {"code": certificate.code},
        "manage-required:exception-end": {"pk": exception.pk},
        **{name: {"pk": exception.required_id} for name in REQUIRED},
        "manage-tries:give": {"pk": certificate.completion.start_id},
        "evidence:move": {"pk": entry.pk, "name": "share"},
        "reviews:detail": {"pk": reviews["shared"].pk},
        "reviews:go-on": {"pk": reviews["self_review"].pk},
        "reviews:write": {"pk": reviews["self_review"].pk, "number": 2},
        "reviews:whole": {"pk": reviews["self_review"].pk},
        "reviews:summary": {"pk": reviews["self_review"].pk},
        "reviews:check": {"pk": reviews["self_review"].pk},
        "reviews:level": {"pk": reviews["closed"].pk, "number": 1},
        "reviews:move": {"pk": reviews["answered"].pk, "name": "take_back_answer"},
        "reviews:answer": {"pk": reviews["shared"].pk},
        "reviews:fair": {"pk": reviews["answered"].pk},
        "reviews:record": {"pk": reviews["closed"].pk},
        "reviews:record-pdf": {"pk": reviews["closed"].pk},
        "reviews:record-add": {"pk": reviews["closed"].pk},
        "reviews:step-mark": {"pk": reviews["step"].pk},
        "reviews:note-answer": {"pk": reviews["note"].pk},
        "team:person": {"pk": reviews["shared"].post_id},
        "team:note": {"pk": reviews["shared"].post_id},
        "team:talk": {"pk": reviews["shared"].post_id},
        "cycles:detail": {"pk": reviews["shared"].cycle_id},
        "cycles:remind": {"pk": reviews["shared"].cycle_id},
        "cycles:export": {"pk": reviews["shared"].cycle_id},
        "cycles:show-levels": {"pk": reviews["shared"].cycle_id},
        "cycles:close": {"pk": reviews["closed"].cycle_id},
        "review-admin:detail": {"pk": reviews["shared"].pk},
        "review-admin:hand-over": {"pk": reviews["self_review"].pk},
        "review-admin:second-manager": {"pk": reviews["answered"].pk},
        "review-admin:reopen": {"pk": reviews["closed"].pk},
        "review-admin:void": {"pk": reviews["self_review"].pk},
        "review-admin:open": {"pk": reviews["shared"].pk},
        "cycles:progress": {"pk": reviews["shared"].cycle_id},
        **{name: {"pk": reviews["draft"].pk} for name in PREPARING},
        "cycles:put-back": {"pk": reviews["draft"].pk, "post_pk": reviews["shared"].post_id},
        "posts:edit": {"pk": reviews["shared"].post_id},
        "posts:end": {"pk": reviews["shared"].post_id},
        "posts:team": {"pk": Team.objects.first().pk},
        "posts:family": {"pk": JobFamily.objects.first().pk},
        "posts:cover-end": {"pk": cover.pk},
        "framework:behaviour": {"slug": Behaviour.objects.first().slug},
        "framework:version": {"number": version.number},
        "manage-framework:version": {"number": version.number},
        "manage-framework:texts": {"number": version.number},
        "manage-framework:publish": {"number": version.number},
        "manage-framework:behaviour": {"number": version.number, "slug": Behaviour.objects.first().slug},
        "manage-framework:profile": {"number": version.number, "pk": profile.pk if profile else 0},
        "manage-framework:agreement": {"number": version.number, "side": "staff"},
        "partnerships:detail": {"slug": partnership.slug},
        "manage-partnerships:edit": {"slug": partnership.slug},
        "account_reset_password_from_key": {"uidb36": "1", "key": "set-password"},
    }
    session_day, date = {"pk": session.pk}, session.dates.first()
    values["feedback:answer"] = {"token": feedback_link(session)}
    for name in OURS:
        if name in values:
            continue
        if name in {"evidence:detail", "evidence:edit", "evidence:delete", "evidence:file", "evidence:ask"}:
            values[name] = {"pk": entry.pk}
        elif name.startswith("evidence:answer"):
            values[name] = {"token": raw}
        elif name in {"evidence:send", "evidence:withdraw", "evidence:reply", "evidence:asked", "evidence:asked-file"}:
            values[name] = {"pk": confirmation.pk}
        elif name.startswith("sessions:") and name not in ("sessions:list", "sessions:come-back", "sessions:named"):
            values[name] = place_values(name)
        elif name.startswith("session-day:"):
            values[name] = session_day | ({"date_pk": date.pk} if name in ON_A_DATE else {})
        elif name.startswith("manage-sessions:") and not name.endswith((":list", ":add")):
            values[name] = {"pk": session.pk}
        elif name.startswith("learning:") and name != "learning:catalogue" and "record" not in name:
            values[name] = learning
        else:
            values[name] = {}
    return values


def place_values(name: str) -> dict:
    """A session, or the link to Dougie's place in it."""
    session = JointSession.objects.get(title="Starting early together")
    place = session.places.get(email="union@example.org")
    open_link(place)
    values = {"token": token_of(place)} if name.startswith("sessions:place") else {"pk": session.pk}
    values |= {"paper_pk": session.papers.first().pk} if name.endswith("paper") else {}
    return values | ({"date": session.dates.first().pk} if name.endswith("calendar") else {})


@pytest.fixture(scope="module")
def clients(demo) -> dict[str, Client]:
    """Everybody signed in, each in a browser of their own, and one that is nobody's."""
    clients = {NOBODY: Client()}
    for name, user in demo.items():
        clients[name] = Client()
        clients[name].force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return clients


def ask(client: Client, address: str, *, post: bool = False, data: tuple = ()):
    """One request whose writes are taken back."""
    for name in ("default", "local"):
        caches[name].clear()
    with transaction.atomic():
        response = client.post(address, dict(data)) if post else client.get(address)
        if response.streaming:
            list(response.streaming_content)
        transaction.set_rollback(True)
    return response


def entered(response, name: str) -> bool | None:
    """True when let in, False when refused; None when the page says that something is not there."""
    to_sign_in = response.status_code == 302 and response["Location"].startswith("/accounts/login/")
    if to_sign_in or response.status_code == 403:
        return False
    if response.status_code == 404:
        return None if name in NOT_FOUND_IS_FINE else False
    assert response.status_code < 500, response.status_code
    return True


def test_the_table_names_every_address_and_no_other():
    assert set(OURS) - set(TABLE) == set(), "Say in TABLE who may enter."
    assert set(TABLE) - set(OURS) == set(), "These addresses are gone."


@pytest.mark.parametrize("name", [name for name in OURS if name in TABLE])
def test_who_may_enter(site, clients, name):
    row, values = TABLE[name], site[name]
    address = reverse(name, args=values) if isinstance(values, list) else reverse(name, kwargs=values)

    found = {who: entered(ask(client, address, post=row.post, data=row.data), name) for who, client in clients.items()}

    wrong = {who: answer for who, answer in found.items() if answer is not None and answer is not (who in row.who)}
    assert wrong == {}, address
    outside = {who for who in found if found[who] is None and who not in row.who and who == NOBODY}
    assert outside == set(), f"{address} tells somebody outside that something is not there"


@pytest.mark.parametrize("name", [name for name in OURS if name in TABLE and not TABLE[name].post])
def test_reading_changes_nothing(site, clients, name):
    """Rule 5.1: a GET writes no row but an audit of reading, the session and what sign-in keeps."""
    from django.db import connection  # beside the capture it serves
    from django.test.utils import CaptureQueriesContext

    values = site[name]
    address = reverse(name, args=values) if isinstance(values, list) else reverse(name, kwargs=values)
    with CaptureQueriesContext(connection) as queries:
        for who in ("ailsa", "rhona", "senga", NOBODY):
            ask(clients[who], address)

    allowed = ("django_session", "people_auditevent", "account_email", "mfa_")
    writes = [
        q["sql"]
        for q in queries
        if q["sql"].split(" ")[0] in {"INSERT", "UPDATE", "DELETE"} and not any(table in q["sql"] for table in allowed)
    ]
    assert writes == [], address


def admin_address(name: str) -> str | None:
    """An address in the content admin, with made-up values for its placeholders."""
    for found, _path, patterns in addresses():
        if found == name:
            possibilities = get_resolver().reverse_dict if ":" not in name else None
            keys = list(patterns[-1].pattern.converters) or list(patterns[-1].pattern.regex.groupindex)
            if possibilities is not None:
                keys = sorted({key for parent in patterns for key in parent.pattern.converters}) or keys
            for value in (1, "1", "wagtailcore", "a"):
                try:
                    return reverse(name, kwargs=dict.fromkeys(keys, value)) if keys else reverse(name)
                except Exception:  # another kind of placeholder: try the next value
                    continue
    return None


@pytest.mark.parametrize("name", ADMIN)
def test_the_content_admin_is_for_editors(clients, name):
    address = admin_address(name)
    if address is None:
        pytest.skip("this address mixes kinds of placeholders; its view is wrapped like all others")

    # nobody, and one of each kind without the role: staff, partner, co-ordinator, administrator
    tries = [(who, False) for who in (NOBODY, "ailsa", "rhona", "priya", "tom")] + [(NOBODY, True), ("ailsa", True)]
    for who, post in tries:
        response = ask(clients[who], address, post=post)
        refused = response.status_code in {403, 404, 405} or (
            response.status_code == 302 and ("login" in response["Location"] or response["Location"] == "/cms/")
        )
        assert refused, f"{who} got {response.status_code} at {address}"


def test_the_editor_gets_into_the_content_admin(clients):
    assert ask(clients["senga"], "/cms/").status_code == 200
    assert ask(clients["senga"], "/cms/pages/").status_code in {200, 302}


@pytest.mark.parametrize("name", sorted(WAGTAIL_OUTSIDE))
def test_wagtails_own_doors_lead_nowhere_by_themselves(clients, name):
    address = {
        "wagtaildocs_serve": "/documents/1/secret.pdf",
        "wagtaildocs_authenticate_with_password": "/documents/authenticate_with_password/1/",
        "wagtailcore_authenticate_with_password": "/_util/authenticate_with_password/1/1/",
        "wagtailcore_login": "/_util/login/",
    }[name]

    assert ask(clients[NOBODY], address).status_code in {200, 302, 404, 405}


def refused_forms(response) -> list[str]:
    """The forms on a page that were sent and not taken."""
    layers = [layer for context in response.context or [] for layer in getattr(context, "dicts", [context])]
    found = {id(form): form for layer in layers for value in layer.values() for form in forms_in(value)}
    return [type(form).__name__ for form in found.values() if form.is_bound and form.errors]


def forms_in(value) -> list[BaseForm]:
    """The forms that a page was given, by themselves or in lists, rows and dictionaries."""
    if isinstance(value, BaseForm):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return [form for one in inner for form in forms_in(one)]


@pytest.mark.parametrize("name", OF_TRAINING)
def test_a_refused_form_answers_422(site, clients, name):
    """A page that shows a form again, with its faults, says so in its status, whatever the page."""
    values = site[name]
    address = reverse(name, args=values) if isinstance(values, list) else reverse(name, kwargs=values)

    for who in sorted(TABLE[name].who)[:3]:
        response = ask(clients[who], address, post=True, data=(("csrfmiddlewaretoken", "x"),))  # never empty in life
        if forms := refused_forms(response):
            assert response.status_code == 422, (address, forms)
