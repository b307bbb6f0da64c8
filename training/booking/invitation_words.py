"""What an invitation says, the same in the mail, on the page behind its link and before it is sent. No rules here."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from people import mail
from training.booking.invitations import answer_by
from training.booking.session_words import rule_words, short_notice_words, when_words, where_words
from training.enums import Support
from training.models import JointSession, SessionInvitation
from training.planning.thinking_time import papers_of, published_words

SHOWN_LINK = "the-link-of-this-person"  # what is shown before an invitation is sent opens nothing


@dataclass(frozen=True)
class InvitationWords:
    """The facts by which somebody decides whether to come."""

    when: list[str]
    where: str
    short_notice: str
    rules: list[str]
    support: str
    leads: list[str]
    papers: list[str]


def words_of(session: JointSession) -> InvitationWords:
    """Everything an invitation says beside the session's own fields."""
    return InvitationWords(
        when=[when_words(row.starts_at, row.ends_at) for row in session.dates.all()],
        where=where_words(session),
        short_notice=short_notice_words(session),
        rules=rule_words(session),
        support=support_words(session),
        papers=[f"{row.title}. {published_words(row)}" for row in papers_of(session)],
        leads=[_leads(row) for row in session.facilitators.select_related("organisation")],
    )


def support_words(session: JointSession) -> str:
    """What helps to come who is not paid to, in one line; empty when nothing is offered."""
    return ", ".join(str(Support(value).label) for value in session.support if value != Support.NONE)


def context_of(invitation: SessionInvitation, url: str, words: InvitationWords) -> dict:
    """What the mail is made from."""
    return {"invitation": invitation, "session": invitation.session, "words": words, "url": url}


def preview(session: JointSession) -> tuple[str, str, str]:
    """Subject, text and HTML of the invitation as it would go to somebody today."""
    example = SessionInvitation(session=session, name=_("Name of the person"), answer_by=answer_by(session))
    url = settings.SITE_URL + reverse("invitations:answer", args=[SHOWN_LINK])
    return mail.render("sessions/invited", context_of(example, url, words_of(session)))


def _leads(row) -> str:
    return f"{row.name}, {row.organisation.name}" if row.organisation else row.name
