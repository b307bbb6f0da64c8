"""What can happen to examples and to requests to say how it happened, one row a move."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisal import asking, notifications
from appraisal.enums import UNDER_WAY, Answer, EvidenceState
from appraisal.enums import ConfirmationState as Asked
from appraisal.evidence import managers_of
from appraisal.models import BehaviourRating, EvidenceConfirmation, EvidenceEntry, ReviewPart
from appraisal.permissions import (
    can_answer,
    can_ask_about_entry,
    can_edit_entry,
    can_send_for_another,
    can_withdraw_request,
    is_system,
)
from people.policy import policy
from people.transitions import Actor, Move

Data = Mapping[str, Any]


# --- Needs: a sentence when something is missing, else None ---


def account_written(entry: EvidenceEntry, actor: Actor, data: Data) -> str | None:
    return None if entry.account else _("Write down what happened first.")


def has_manager(entry: EvidenceEntry, actor: Actor, data: Data) -> str | None:
    return None if entry.owner.current_line_manager_ids else _("You have no line manager here to share with.")


def no_answer_yet(entry: EvidenceEntry, actor: Actor, data: Data) -> str | None:
    if entry.confirmations.answered().exists():
        return _("Somebody has answered, so this stays shared. You can write a reply beside the answer.")
    if entry.confirmations.filter(state=Asked.FOR_MANAGER).exists():
        return _("Your line manager is deciding on a request about this. Withdraw the request first.")
    return None


def no_level_rests_on_it(entry: EvidenceEntry, actor: Actor, data: Data) -> str | None:
    readable = ReviewPart.objects.visible_to(entry.owner).filter(review__state__in=UNDER_WAY)
    # Of what the owner cannot read a refusal says nothing: it would tell what the manager's draft rests on
    if BehaviourRating.objects.filter(examples=entry, part__in=readable).exists():
        return _("A review that is under way rests on this example, so it stays shared.")
    return None


def about_something(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    return account_written(request.entry, actor, data)


def belongs_here(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    if asking.works_with_us(request.asked_by):
        return None
    return _("Only people who work here or take part in a partnership can ask somebody. Talk to your co-ordinator.")


def has_address(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    return None if request.email else _("There is no e-mail address that this could be sent to.")


def of_somebody_else(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    own = asking.email_key(request.asked_by.email) == request.email_key
    return _("You cannot ask yourself. Ask somebody who was there.") if own else None


def decides_nothing(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    if request.decides:
        return _("Only your line manager may ask somebody whose permit, grant, contract or complaint you decide.")
    said = asking.earlier(request).filter(decides=True, state__in=[Asked.FOR_MANAGER, Asked.NOT_SENT])
    if said.exists():
        return _("You said that you decide something of theirs, so only your line manager may ask.")
    return None


def decides_something(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    return None if request.decides else _("You can ask this person yourself.")


def manager_can_read(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    if not managers_of(request.asked_by):
        return _("You have no line manager here who could ask for you.")
    if not request.entry.is_shared:
        return _("Share the example with your line manager first: they have to read what they send.")
    return None


def not_waiting_for_manager(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    if asking.earlier(request).filter(state=Asked.FOR_MANAGER).exists():
        return _("Your line manager is already deciding whether to ask %(name)s.") % {"name": request.name}
    return None


def same_text(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    if request.text_version == request.entry.text_version:
        return None
    told = _("The example was changed after %(name)s asked for this, so what you see here is out of date.")
    return told % {"name": request.asked_by.name} + " " + _("They have to ask again.")


def not_too_soon(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    return asking.why_not_again(request)


def room_today(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    return asking.why_not_today(request)


def room_for_person(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    return asking.why_not_person(request)


def room_for_organisation(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    return asking.why_not_organisation(request)


def answer_chosen(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    return None if data.get("answer") in Answer.values else _("Choose one of the answers.")


def still_open(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    return None if request.is_live else _("The time to answer is over.")


def not_signed(request: EvidenceConfirmation, actor: Actor, data: Data) -> str | None:
    if request.signed_at is None:
        return None
    return _("The answer is part of a signed record and can no longer be taken back.")


# --- Effects: what else changes, under the same lock ---


def by_owner(entry: EvidenceEntry, actor: Actor, data: Data) -> None:
    entry._history_user = actor.user  # who stands in the history


def waits(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    asking.hand_out_token(request)  # a row needs one; nobody is given it
    request.expires_at = timezone.now() + datetime.timedelta(days=policy("confirmation_days"))


def goes_out(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    asking.close_earlier(request)
    asking.take_slots(request)
    waits(request, actor, data)
    request.asked_at, request.sent_by = timezone.now(), actor.user


def keep_answer(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    request.answer, request.words, request.quiet_answer = data["answer"], data.get("words", ""), ""
    request.answered_at = timezone.now()
    request.expires_at = request.answered_at + datetime.timedelta(days=policy("answer_link_days"))


def wipe_answer(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    request.answer, request.words, request.answered_at = "", "", None
    request.expires_at = timezone.now() + datetime.timedelta(days=policy("confirmation_days"))


def keep_reason(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    request.reason = str(data.get("reason", ""))[:300]


def close_link(request: EvidenceConfirmation, actor: Actor, data: Data) -> None:
    request.revoked_at = timezone.now()


ASKING = (belongs_here, about_something, has_address, of_somebody_else, not_waiting_for_manager, room_today)
ROOM = (not_too_soon, room_for_person, room_for_organisation)

MOVES = {
    EvidenceEntry: (
        Move("keep", (), EvidenceState.DRAFT, can_edit_entry, gettext_lazy("Save example")),
        Move(
            "share",
            (EvidenceState.DRAFT,),
            EvidenceState.SHARED,
            can_edit_entry,
            gettext_lazy("Share"),
            needs=(has_manager, account_written),
            effects=(by_owner,),
            notices=(notifications.tell_managers_shared,),
        ),
        Move(
            "share_with_review",  # by sending a self-assessment that rests on it; its own mail says so
            (EvidenceState.DRAFT,),
            EvidenceState.SHARED,
            can_edit_entry,
            needs=(account_written,),
            effects=(by_owner,),
        ),
        Move(
            "unshare",
            (EvidenceState.SHARED,),
            EvidenceState.DRAFT,
            can_edit_entry,
            gettext_lazy("Make private again"),
            needs=(no_answer_yet, no_level_rests_on_it),
        ),
    ),
    EvidenceConfirmation: (
        Move(
            "ask",
            (),
            Asked.ASKED,
            can_ask_about_entry,
            gettext_lazy("Send"),
            needs=(*ASKING, decides_nothing, *ROOM),
            effects=(goes_out,),
            notices=(notifications.tell_addressee_asked,),
            lock="entry",
        ),
        Move(
            "ask_through_manager",
            (),
            Asked.FOR_MANAGER,
            can_ask_about_entry,
            gettext_lazy("Hand to your line manager"),
            needs=(*ASKING, decides_something, manager_can_read, *ROOM),
            effects=(waits,),
            notices=(notifications.tell_managers_to_send,),
            lock="entry",
        ),
        Move(
            "send_by_manager",
            (Asked.FOR_MANAGER,),
            Asked.ASKED,
            can_send_for_another,
            gettext_lazy("Send"),
            needs=(has_address, manager_can_read, same_text, *ROOM),
            effects=(goes_out,),
            notices=(notifications.tell_addressee_asked, notifications.tell_owner_sent),
            lock="entry",
        ),
        Move(
            "not_send",
            (Asked.FOR_MANAGER,),
            Asked.NOT_SENT,
            can_send_for_another,
            gettext_lazy("Do not send"),
            inputs=("reason",),
            effects=(keep_reason, close_link),
            notices=(notifications.tell_owner_not_sent,),
            lock="entry",
        ),
        Move(
            "answer",
            (Asked.ASKED, Asked.TAKEN_BACK),
            Asked.ANSWERED,
            can_answer,
            gettext_lazy("Send answer"),
            needs=(still_open,),
            inputs=("answer", "words"),
            checks=(answer_chosen,),
            effects=(keep_answer,),
            notices=(notifications.tell_answerer_copy, notifications.tell_owner_answered),
            lock="entry",
        ),
        Move(
            "take_back",
            (Asked.ANSWERED,),
            Asked.TAKEN_BACK,
            can_answer,
            gettext_lazy("Take my answer back"),
            needs=(not_signed,),
            effects=(wipe_answer,),
            notices=(notifications.tell_owner_taken_back,),
            lock="entry",
        ),
        Move(
            "withdraw",
            (Asked.FOR_MANAGER, Asked.ASKED),
            Asked.WITHDRAWN,
            can_withdraw_request,
            gettext_lazy("Withdraw the request"),
            effects=(close_link,),
            lock="entry",
        ),
        Move("replace", (Asked.ASKED,), Asked.WITHDRAWN, is_system, effects=(close_link,)),
    ),
}
