"""How long records of learning are kept (RETENTION). Completions and certificates belong to the person and are kept."""

import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.lib.dates import add_months
from people.policy import policy
from people.retention import Rule
from training.afterwards.sign_in_sheets import old_sheets, remove_sheets
from training.models import (
    AccessNeed,
    CheckAttempt,
    Confidence,
    ExtraTry,
    FeedbackLoopItem,
    FeedbackRound,
    LearningException,
    Place,
    Reflection,
    RequiredNotice,
    SessionFeedback,
    SessionInvitation,
    SessionProposal,
    TryItNote,
    VenueQuestion,
)
from training.record_files import old_files, remove_files


def _before_months():
    return timezone.now() - datetime.timedelta(days=round(policy("check_answers_keep_months") * 30.44))


def _as_long_as_places():
    """The day before which places, and what was said around them, are no longer kept."""
    return add_months(timezone.localdate(), -12 * policy("place_keep_years"))


def _ended_places():
    """Places of long ago; one that a certificate rests on stays as long as that, and who booked it for a colleague."""
    edge = _as_long_as_places()
    stays = Q(certificates__isnull=False) | Q(state_since__date__gte=edge)
    for_colleague = Exists(Place.objects.filter(stays, colleague_of=OuterRef("pk")))
    old = Place.objects.exclude(session__dates__ends_at__date__gte=edge).filter(state_since__date__lt=edge)
    return old.filter(~for_colleague, certificates=None)


def _ended_exceptions():
    edge = _as_long_as_places()
    return LearningException.objects.filter(Q(until__lt=edge) | Q(required__ended_on__lt=edge))


def _answered_proposals():
    edge = _as_long_as_places()
    return SessionProposal.objects.answered().filter(state_since__date__lt=edge)


def _needs_of_past_sessions():
    edge = timezone.now() - datetime.timedelta(weeks=policy("access_need_keep_weeks"))
    return AccessNeed.objects.exclude(place__session__dates__ends_at__gte=edge)


def _old_invitations():
    edge = _as_long_as_places()
    return SessionInvitation.objects.exclude(session__dates__ends_at__date__gte=edge).filter(state_since__date__lt=edge)


def _of_past_sessions(model):
    edge = _as_long_as_places()
    return model.objects.exclude(session__dates__ends_at__date__gte=edge)


def _rounds_without_places():
    """While somebody is kept who came, the session would seem to owe them an answer."""
    places = Place.objects.filter(session=OuterRef("session"))
    return _of_past_sessions(FeedbackRound).filter(~Exists(places))


RETENTION = [
    Rule(
        record="training.LearningException",
        keep=_("as many years after its end, or that of what was required, as the policy says for places"),
        reason=_("Why somebody was let off is asked about as long as the learning it concerned."),
        due=_ended_exceptions,
    ),
    Rule(
        record="training.RequiredNotice",
        keep=_("as many years after the end of what was required as the policy says for places"),
        reason=_("That somebody was told is asked about as long as what they were told of."),
        due=lambda: RequiredNotice.objects.filter(required__ended_on__lt=_as_long_as_places()),
    ),
    Rule(
        record="training.SessionProposal",
        keep=_("as many years after the reply as the policy says for places"),
        reason=_("What was proposed and answered is looked at as long as the sessions that came of it."),
        due=_answered_proposals,
    ),
    Rule(
        record="training.LearningRecordFile",
        keep=_("as many days as the policy says after it was asked for"),
        reason=_("It is a copy of what stands on the page; another one is made by a press."),
        due=old_files,
        remove=remove_files,
    ),
    Rule(
        record="training.SignInSheet",
        keep=_("as many days after its date as the policy says"),
        reason=_("It is a copy for the table; who came stands in the attendance."),
        due=old_sheets,
        remove=remove_sheets,
    ),
    Rule(
        record="training.AccessNeed",
        keep=_("as many weeks after the session as the policy says"),
        reason=_("It was said for one day, and is nobody's business after it."),
        due=_needs_of_past_sessions,
    ),
    Rule(
        record="training.VenueQuestion",
        keep=_("12 months after its link ended"),
        reason=_("Who was asked is of no use later. What was answered stays with the venue."),
        due=lambda: VenueQuestion.objects.over(add_months(timezone.localdate(), -12)),
    ),
    Rule(
        record="training.SessionInvitation",
        keep=_("as many years after the session as the policy says"),
        reason=_("Who was asked and what they answered is told by sector and by year, not by name for good."),
        due=_old_invitations,
    ),
    Rule(
        record="training.Place",
        keep=_("as many years after the session as the policy says; with a certificate as long as that"),
        reason=_("Who was in the room is told by sector and by year, not by name for good."),
        due=_ended_places,
    ),
    Rule(
        record="training.SessionFeedback",
        keep=_("as many years after the session as the policy says for places"),
        reason=_("What people wrote may tell who they are, and serves the sessions of the next years."),
        due=lambda: _of_past_sessions(SessionFeedback),
    ),
    Rule(
        record="training.FeedbackLoopItem",
        keep=_("as many years after the session as the policy says for places"),
        reason=_("What was heard and done about it is looked at as long as who was there."),
        due=lambda: _of_past_sessions(FeedbackLoopItem),
    ),
    Rule(
        record="training.FeedbackRound",
        keep=_("as many years after the session as the policy says for places, and until its last place goes"),
        reason=_("It holds days and numbers alone, and says that those who came got their answer."),
        due=_rounds_without_places,
    ),
    Rule(
        record="training.CheckAttempt",
        keep=_("24 months after the module was completed"),
        reason=_("Answers are needed to look at a result again, not for good. The completion stays."),
        due=lambda: CheckAttempt.objects.filter(start__completion__at__lt=_before_months()),
    ),
    Rule(
        record="training.ExtraTry",
        keep=_("24 months after the module was completed"),
        reason=_("It belongs to the tries and goes with them."),
        due=lambda: ExtraTry.objects.filter(start__completion__at__lt=_before_months()),
    ),
    Rule(
        record="training.Confidence",
        keep=_("24 months"),
        reason=_("How sure somebody felt matters to nobody else and not for long."),
        due=lambda: Confidence.objects.filter(said_at__lt=_before_months()),
    ),
    Rule(
        record="training.Reflection",
        keep=_("until the person deletes it or leaves"),
        reason=_("A private text serves the person alone, so it goes when they do."),
        due=lambda: Reflection.objects.filter(person__is_active=False),
    ),
    Rule(
        record="training.TryItNote",
        keep=_("until the person leaves"),
        reason=_("A private text serves the person alone, so it goes when they do."),
        due=lambda: TryItNote.objects.filter(start__person__is_active=False),
    ),
]
