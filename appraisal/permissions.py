"""Who may do what with examples, cycles and reviews. Which rows somebody sees stands in querysets/; no query here."""

from appraisal.models import (
    AppraisalCycle,
    AppraisalReview,
    EvidenceConfirmation,
    EvidenceEntry,
    ManagerNote,
    NextStep,
    ReasonedAccess,
    Recognition,
)
from people.enums import ActorKind, Role
from people.models import Post, Stateful
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


def is_system(record: Stateful, actor: Actor) -> bool:
    """Only the system itself."""
    return actor.kind == ActorKind.SYSTEM


def can_keep_cycles(record: AppraisalCycle, actor: Actor) -> bool:
    """Appraisal administrators."""
    return actor.has_role(Role.HR)


def is_job_holder(review: AppraisalReview, actor: Actor) -> bool:
    """The person reviewed."""
    return actor.user_id is not None and actor.user_id == review.job_holder_id


def is_manager(review: AppraisalReview, actor: Actor) -> bool:
    """The line manager named in the review, who signs; nobody signs for them (RULES B9)."""
    return actor.user is not None and actor.user_id == review.manager_id and _manages_post(review, actor)


def can_write_for_manager(review: AppraisalReview, actor: Actor) -> bool:
    """The line manager, and whoever covers for them today: a cover saves and never signs.

    Not the second manager, even as a cover: nobody confirms as fair what they wrote themselves.
    """
    writes = actor.user is not None and review.manager_id in {actor.user_id, *actor.user.covered_manager_ids}
    return writes and _manages_post(review, actor) and actor.user_id != review.second_manager_id


def is_second_manager(review: AppraisalReview, actor: Actor) -> bool:
    """The second manager named in the review."""
    return actor.user_id is not None and actor.user_id == review.second_manager_id


def takes_part_in_talk(review: AppraisalReview, actor: Actor) -> bool:
    """The two who talk."""
    return is_job_holder(review, actor) or is_manager(review, actor)


def can_administer_review(review: AppraisalReview, actor: Actor) -> bool:
    """An appraisal administrator, on every review but one they have a part in, be it as a cover."""
    if actor.user is None or not actor.has_role(Role.HR):
        return False
    has_a_part = actor.user_id in (review.job_holder_id, review.manager_id, review.second_manager_id)
    return not has_a_part and review.manager_id not in actor.user.covered_manager_ids


def can_open_content(access: ReasonedAccess, actor: Actor) -> bool:
    """The administrator who gives the reason, for themselves."""
    return can_administer_review(access.review, actor) and actor.user_id == access.reader_id


def can_write_note(post: Post, actor: Actor) -> bool:
    """The line manager of the post, and whoever covers for them today; nobody about themselves."""
    return actor.user is not None and post.pk in actor.user.managed_post_ids and post.person_id != actor.user_id


def can_answer_note(note: ManagerNote, actor: Actor) -> bool:
    """The person it is about."""
    return actor.user_id is not None and actor.user_id == note.person_id


def can_mark_step(step: NextStep, actor: Actor) -> bool:
    """Whoever owes it, and the line manager of the post or their cover."""
    manages = actor.user is not None and step.review.post_id in actor.user.managed_post_ids
    return manages or (actor.user_id is not None and actor.user_id == step.owner_id)


def _manages_post(review: AppraisalReview, actor: Actor) -> bool:
    return actor.user is not None and review.post_id in actor.user.managed_post_ids


def can_say_thanks(given: Recognition, actor: Actor) -> bool:
    """Everybody for themselves."""
    return actor.user_id is not None and actor.user_id == given.by_id


def can_keep_thanks(given: Recognition, actor: Actor) -> bool:
    """Whoever is thanked decides what becomes of it, and nobody for them."""
    return actor.user_id is not None and actor.user_id == given.to_id
