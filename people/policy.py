"""Numbers that a body might set otherwise (DOMAIN G): defaults here, changes in PolicyValue rows.

Not for technical settings (those come from the environment) and not for rules that are never bent.
"""

from dataclasses import dataclass

from django.core.cache import caches

from people.enums import Role
from people.models import PolicyValue

CACHE_KEY = "policy-values"


@dataclass(frozen=True)
class Policy:
    """One number: its default, its unit, what it means, who may change it."""

    key: str
    default: int
    unit: str
    meaning: str
    role: str


POLICIES = {
    row.key: row
    for row in (
        Policy("check_answers_keep_months", 24, "months", "Answers to final checks are kept for", Role.COORDINATOR),
        Policy("certificate_validity_months", 36, "months", "A certificate is valid for", Role.COORDINATOR),
        Policy(
            "verify_lookups_per_minute",
            20,
            "lookups",
            "Certificate checks from one address in a minute",
            Role.COORDINATOR,
        ),
        Policy(
            "confirmations_per_person_quarter", 2, "requests", "Requests to one person in a quarter", Role.COORDINATOR
        ),
        Policy(
            "confirmations_per_organisation_quarter",
            4,
            "requests",
            "Requests to one organisation in a quarter",
            Role.COORDINATOR,
        ),
        Policy(
            "requests_per_asker_per_day", 10, "requests", "Requests that one person may send in a day", Role.COORDINATOR
        ),
        Policy("confirmation_days", 30, "days", "A request to say how it happened stays open for", Role.COORDINATOR),
        Policy("ask_again_days", 7, "days", "The same person may be asked again after", Role.COORDINATOR),
        Policy("answer_link_days", 365, "days", "An answer can be read again and taken back for", Role.COORDINATOR),
        Policy(
            "proposal_reply_working_days",
            10,
            "working days",
            "Whoever proposes a session gets a reply within",
            Role.COORDINATOR,
        ),
        Policy(
            "open_proposals_per_person", 5, "proposals", "Proposals of one person that wait at once", Role.COORDINATOR
        ),
        Policy("venue_question_days", 30, "days", "A host can fill in a venue’s checklist for", Role.COORDINATOR),
        Policy("venue_fact_months", 12, "months", "What is known about a venue is relied on for", Role.COORDINATOR),
        Policy(
            "session_notice_working_days",
            30,
            "working days",
            "Sessions are published ahead by at least",
            Role.COORDINATOR,
        ),
        Policy(
            "held_places_working_days", 15, "working days", "Held places open before the session by", Role.COORDINATOR
        ),
        Policy(
            "papers_working_days", 10, "working days", "Papers are there before a session by at least", Role.COORDINATOR
        ),
        Policy("interpreter_working_days", 30, "working days", "Interpreters are booked ahead by", Role.COORDINATOR),
        Policy(
            "needs_answer_working_days",
            5,
            "working days",
            "Every access need is answered before a session by",
            Role.COORDINATOR,
        ),
        Policy(
            "loop_working_days",
            10,
            "working days",
            "What people said after a session is answered within",
            Role.COORDINATOR,
        ),
        Policy(
            "invitation_answer_working_days",
            10,
            "working days",
            "People have time to think about an invitation for",
            Role.COORDINATOR,
        ),
        Policy("offer_hours", 48, "hours", "A place that came free is offered to one person for", Role.COORDINATOR),
        Policy("links_per_address_hour", 3, "mails", "Links are sent to one mail address in an hour", Role.COORDINATOR),
        Policy(
            "links_per_network_hour", 20, "mails", "Links are asked for from one place in an hour", Role.COORDINATOR
        ),
        Policy(
            "invitations_passed_on_day", 5, "mails", "One invitation is passed on in a day at most", Role.COORDINATOR
        ),
        Policy("access_need_keep_weeks", 4, "weeks", "Access needs are kept after a session for", Role.COORDINATOR),
        Policy("colleagues_per_place", 2, "people", "Somebody who comes can book for colleagues", Role.COORDINATOR),
        Policy("session_reminder_days", 7, "days", "People are reminded of a session first by", Role.COORDINATOR),
        Policy("session_last_reminder_days", 1, "days", "People are reminded of a session again by", Role.COORDINATOR),
        Policy("place_keep_years", 3, "years", "Who came to a session is kept for", Role.COORDINATOR),
        Policy("feedback_ask_days", 28, "days", "People are asked how a session was for at most", Role.COORDINATOR),
        Policy(
            "feedback_open_working_days",
            5,
            "working days",
            "Answers to how a session was are taken for",
            Role.COORDINATOR,
        ),
        Policy(
            "feedback_minimum_scores",
            3,
            "people",
            "Answers to how a session was are shown from, never below 3",
            Role.COORDINATOR,
        ),
        Policy(
            "feedback_minimum_words",
            5,
            "people",
            "Words about how a session was are shown from, never below 5",
            Role.COORDINATOR,
        ),
        Policy("renewal_window_months", 6, "months", "A module can be renewed before it lapses by", Role.COORDINATOR),
        Policy("renewal_soon_days", 30, "days", "People are told again that a certificate lapses by", Role.COORDINATOR),
        Policy("sheet_keep_days", 14, "days", "Sign-in sheets are kept after the day for", Role.COORDINATOR),
        Policy(
            "part_presence_percent",
            50,
            "per cent",
            "Being there for part of a date counts on a certificate as this share of its length",
            Role.COORDINATOR,
        ),
        Policy("newcomer_months", 24, "months", "An organisation counts as new again after", Role.COORDINATOR),
        Policy(
            "required_shown_days",
            60,
            "days",
            "Learning that is due again is shown to people before by",
            Role.COORDINATOR,
        ),
        Policy("required_joiner_days", 30, "days", "Somebody new has for required learning at least", Role.COORDINATOR),
        Policy("smallest_group", 3, "people", "The smallest group whose number is shown by itself", Role.COORDINATOR),
        Policy("record_file_keep_days", 30, "days", "The PDF of a learning record is kept for", Role.COORDINATOR),
        Policy("example_keep_years", 5, "years", "Shared examples and the answers to them are kept for", Role.HR),
        Policy("thanks_keep_months", 12, "months", "A thank you is kept for", Role.HR),
        Policy("thanks_per_day", 5, "thank yous", "Thank yous that one person may give in a day", Role.HR),
        Policy("upload_megabytes", 10, "MB", "The largest file that can be added", Role.HR),
        Policy("draft_example_keep_months", 12, "months", "Drafts of examples are kept for", Role.HR),
        Policy(
            "concern_working_days",
            20,
            "working days",
            "A concern is raised before it can lower a level by at least",
            Role.HR,
        ),
        Policy("review_answer_working_days", 10, "working days", "Somebody answers their review within", Role.HR),
        Policy("reasoned_access_hours", 24, "hours", "A review opened for a reason stays open for", Role.HR),
        Policy("reminder_pause_hours", 24, "hours", "The same person is reminded again after", Role.HR),
        Policy("reminders_from_hour", 8, "o’clock", "Automatic reminders go out from", Role.HR),
        Policy("reminders_until_hour", 19, "o’clock", "Automatic reminders go out until", Role.HR),
        Policy("review_keep_years", 5, "years", "Closed reviews are kept after the end of their year for", Role.HR),
        Policy(
            "review_notes_keep_months", 12, "months", "Notes and drafts are kept after a review closed for", Role.HR
        ),
        Policy("api_requests_per_minute", 240, "requests", "Requests of one person to the API in a minute", Role.HR),
        Policy("api_strangers_per_minute", 60, "requests", "Requests from one address without a token", Role.HR),
        Policy("api_token_most_days", 365, "days", "A token of the API works for at most", Role.HR),
        Policy("api_token_keep_days", 90, "days", "A token of the API is listed after its end for", Role.HR),
        Policy("api_answer_hours", 24, "hours", "A repeated request to the API is told the same for", Role.HR),
        Policy("audit_keep_years", 6, "years", "The audit is kept for", Role.HR),
        Policy("mail_keep_days", 90, "days", "Sent mail is listed for", Role.HR),
    )
}


def policy(key: str) -> int:
    """The number in force. An unknown key is a programming error."""
    return _values().get(key, POLICIES[key].default)


def set_policy(key: str, value: int) -> None:
    """Keep this body's own number; every process follows within a minute."""
    PolicyValue.objects.update_or_create(key=POLICIES[key].key, defaults={"value": value})
    caches["local"].delete(CACHE_KEY)


def _values() -> dict[str, int]:
    values = caches["local"].get(CACHE_KEY)
    if values is None:
        values = dict(PolicyValue.objects.values_list("key", "value"))
        caches["local"].set(CACHE_KEY, values, 60)
    return values
