"""So many reviews, notes and next steps for a list, written at once. Each builder takes the cast and a number."""

import uuid

from appraisal.models import ManagerNote
from partnerships.framework import current_version
from partnerships.models import BehaviourText
from people.models import Post
from tests.factories import many
from tests.factories.many import DAY


def notes(cast, count):
    """Notes of Morag about Ailsa; returns the key of her post."""
    if current_version() is None:
        many.behaviours(cast, 5)
    texts, post = list(BehaviourText.objects.select_related("behaviour")), Post.objects.get(person=cast.ailsa)
    ManagerNote.objects.bulk_create(
        ManagerNote(
            post=post,
            person=cast.ailsa,
            author=cast.morag,
            behaviour=texts[number % len(texts)].behaviour,
            seen_on=DAY,
            text=f"Rang first, for the {number}th time.",
            form_key=uuid.uuid4(),
        )
        for number in range(count)
    )
    return post.pk
