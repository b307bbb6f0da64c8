"""Who may do what with examples and requests. Which rows somebody sees stands in querysets.py; no query here."""

from appraisal.models import EvidenceConfirmation, EvidenceEntry
from people.transitions import Actor


def can_edit_entry(entry: EvidenceEntry, actor: Actor) -> bool:
    """The owner alone; a manager reads and never writes."""
    return actor.user_id is not None and actor.user_id == entry.owner_id


def can_ask_about_entry(confirmation: EvidenceConfirmation, actor: Actor) -> bool:
    """The owner of the example asks, about nobody else's."""
    return actor.user_id is not None and actor.user_id == confirmation.asked_by_id == confirmation.entry.owner_id


def can_withdraw_request(confirmation: EvidenceConfirmation, actor: Actor) -> bool:
    """Whoever asked."""
    return actor.user_id is not None and actor.user_id == confirmation.asked_by_id


def can_send_for_another(confirmation: EvidenceConfirmation, actor: Actor) -> bool:
    """The asker's line manager, or whoever covers for them today."""
    return actor.user is not None and confirmation.asked_by_id in actor.user.managed_person_ids


def can_answer(confirmation: EvidenceConfirmation, actor: Actor) -> bool:
    """The holder of its link, or the signed-in person whose proved address it went to."""
    if actor.holds_link_to(confirmation):
        return True
    return (
        actor.user is not None
        and confirmation.revoked_at is None
        and actor.user.email.lower() == confirmation.email.lower()
    )


def is_system(record: EvidenceConfirmation, actor: Actor) -> bool:
    """Only the system itself."""
    return actor.kind == "system"
