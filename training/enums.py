"""Fixed choices of the training app. No models here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompletionRule(models.TextChoices):
    """What has to be done before a module is completed."""

    UNITS = "units", _("All units")
    UNITS_AND_CHECK = "units_and_check", _("All units and the final check")
    UNITS_AND_TRY = "units_and_try", _("All units and the try-it step")
    UNITS_AND_CHECK_AND_TRY = "units_and_check_and_try", _("All units, the final check and the try-it step")
    UNITS_AND_SESSION = "units_and_session", _("All units and a joint session of this module")
    UNITS_AND_CHECK_AND_SESSION = (
        "units_and_check_and_session",
        _("All units, the final check and a joint session of this module"),
    )

    @property
    def asks_check(self) -> bool:
        """True when the final check has to be passed."""
        return "check" in self.value

    @property
    def asks_session(self) -> bool:
        """True when a joint session of the module has to be attended."""
        return "session" in self.value

    @property
    def asks_try(self) -> bool:
        """True when something has to be tried with someone from the other side."""
        return "try" in self.value


class Change(models.TextChoices):
    """What an editor says about a new text when it is published."""

    CORRECTION = "correction", _("Small correction: nothing changes for people who have finished")
    MATERIAL = "material", _("Material change: a new edition; people who have finished keep what they earned")


class Chair(models.TextChoices):
    """From whose chair a worked example is told."""

    STAFF = "staff", _("From a public body’s chair")
    PARTNER = "partner", _("From a partner’s chair")


class Moment(models.TextChoices):
    """When somebody said how sure they are."""

    BEFORE = "before", _("Before the module")
    AFTER = "after", _("After the module")


class Status(models.TextChoices):
    """Where one person stands with one module."""

    NOT_STARTED = "not-started", _("Not started")
    IN_PROGRESS = "in-progress", _("In progress")
    COMPLETED = "completed", _("Completed")


class Length(models.TextChoices):
    """Bands of the length filter; their minutes stand in querysets/learning.py."""

    SHORT = "short", _("Up to 20 minutes")
    MEDIUM = "medium", _("21 to 40 minutes")
    LONG = "long", _("More than 40 minutes")


class CertificateState(models.TextChoices):
    """Where a certificate stands. Expired is computed from its last day, never stored."""

    ISSUED = "issued", _("Issued")
    REPLACED = "replaced", _("Replaced by a newer one")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class WithdrawalReason(models.TextChoices):
    """Why a certificate was withdrawn; shown to its holder, not to whoever checks the code."""

    MISTAKE = "mistake", _("It was issued by mistake")
    NOT_OWN_WORK = "not_own_work", _("The work was not the holder’s own")
    ASKED = "asked", _("The holder asked for it")
    OTHER = "other", _("Another reason")


class SessionFormat(models.TextChoices):
    """Where people meet."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("In person and online")


class Recipe(models.TextChoices):
    """A kind of session that has worked; it fills in what is not asked (recipes.py)."""

    HALF_DAY = "half_day", _("Half a day, mixed")
    EVENING_PAIR = "evening_pair", _("Two evenings online")
    VISIT = "visit", _("A visit on their ground")
    OPEN_DOOR = "open_door", _("Open door with three questions")


class SessionState(models.TextChoices):
    """Where a session stands. Over is computed from its last date, never stored."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


class PlaceState(models.TextChoices):
    """Where somebody stands with a session (RULES B2). A lapsed offer is computed from its time, never stored."""

    REQUESTED = "requested", _("Waiting for the co-ordinator")
    BOOKED = "booked", _("Booked")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("A place is offered")
    DECLINED = "declined", _("Not this time")
    CANCELLED = "cancelled", _("Cancelled by the person")
    REMOVED = "removed", _("Cancelled by the co-ordinator")
    EVENT_CANCELLED = "event_cancelled", _("The session was cancelled")


ACTIVE_PLACES = (PlaceState.REQUESTED, PlaceState.BOOKED, PlaceState.WAITING, PlaceState.OFFERED)
ENDED_PLACES = (PlaceState.DECLINED, PlaceState.CANCELLED, PlaceState.REMOVED)  # may ask again like a newcomer


class FactAnswer(models.TextChoices):
    """What is known about one fact of a venue."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    DESCRIBED = "described", _("Described")
    NOT_CHECKED = "not_checked", _("Not checked yet")


class QuestionState(models.TextChoices):
    """Where a question to the host of a venue stands. That its time is over is computed, never stored."""

    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ProposalState(models.TextChoices):
    """What became of a proposal. That a reply is late is computed, never stored."""

    PROPOSED = "proposed", _("Waiting for a reply")
    ACCEPTED = "accepted", _("Yes, it is planned")
    DECLINED = "declined", _("Not this time")
    WITHDRAWN = "withdrawn", _("Taken back")


class AttendanceRule(models.TextChoices):
    """What counts as having attended a session."""

    WHOLE = "whole", _("Every date, from beginning to end")
    EVERY_DATE = "every_date", _("Every date, at least in part")
    ANY_DATE = "any_date", _("One date, at least in part")


class Presence(models.TextChoices):
    """Whether somebody was there on one date (RULES B3)."""

    FULL = "full", _("Here")
    PART = "part", _("Here for part of it")
    APOLOGIES = "apologies", _("Sent apologies")
    NO_SHOW = "no_show", _("Did not come")


CAME = (Presence.FULL, Presence.PART)  # there at all; what counts as having attended is the session's own rule


class RenewalMoment(models.TextChoices):
    """At which moment somebody is reminded of renewing, once each (RULES B5)."""

    OPENS = "opens", _("It can be renewed")
    SOON = "soon", _("It lapses soon")
    LAPSED = "lapsed", _("It has lapsed")


class Support(models.TextChoices):
    """What helps somebody to come who is not paid to (S41)."""

    EXPENSES = "expenses", _("Expenses")
    FEE = "fee", _("A fee for the time")
    VOUCHER = "voucher", _("A voucher")
    NONE = "none", _("No support needed")


class InvitationState(models.TextChoices):
    """What became of an invitation. Unanswered is computed from its day, never stored."""

    INVITED = "invited", _("No answer yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class WhyNot(models.TextChoices):
    """Why somebody cannot come; counted by session, never by person."""

    DATE = "date", _("The day or the hour does not suit")
    PLACE = "place", _("It is too far, or hard to get to")
    COST = "cost", _("It costs too much time or money")
    TOPIC = "topic", _("It is not for us")
    ACCESS = "access", _("I could not take part fully")
    OTHER = "other", _("Something else")


class NeedState(models.TextChoices):
    """What became of an access need; each one is answered before the session."""

    ASKED = "asked", _("Not answered yet")
    ARRANGED = "arranged", _("Arranged")
    PARTLY = "partly", _("Partly arranged")
    NOT_POSSIBLE = "not_possible", _("Not possible")


class SessionReminderKind(models.TextChoices):
    """How long before a date somebody is reminded of it; the days stand in the policy."""

    FIRST = "first", _("About a week before")
    LAST = "last", _("The day before")


class FeedbackGroup(models.TextChoices):
    """By what answers to a session are grouped; frozen with the answer, so that nothing leads back to a person."""

    STAFF = "staff", _("Staff")
    PARTNER = "partner", _("Partners")


class SaidIt(models.TextChoices):
    """Could you say what you came to say?"""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


class Audience(models.TextChoices):
    """For whom something is required."""

    EVERYONE = "everyone", _("Everybody on the staff")
    TEAM = "team", _("A team")
    JOB_FAMILY = "job_family", _("A job family")
    ROLE = "role", _("A role in this system")
    PARTNERSHIP = "partnership", _("A partnership, both sides")


class RequiredState(models.TextChoices):
    """Where somebody stands with what is required; computed, never stored."""

    DONE = "done", _("Done")
    DUE = "due", _("Due")
    OVERDUE = "overdue", _("Overdue")
    OVER = "over", _("The session is over")
    EXCEPTED = "excepted", _("Excepted")


class Ground(models.TextChoices):
    """On whose ground a session takes place; computed from its host and its venue, never stored."""

    THEIRS = "theirs", _("On a partner’s ground: staff travel")
    OURS = "ours", _("On the public body’s ground: partners travel")
    ONLINE = "online", _("Online: nobody travels")
    NOT_SAID = "not_said", _("On ground of neither side, or not said")
