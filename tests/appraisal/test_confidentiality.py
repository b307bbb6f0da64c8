"""What somebody could learn of a review in passing: from a refusal, a list of ticks, a handover, a post of their own."""

from django.urls import reverse

from appraisal.models import EvidenceEntry
from people.transitions import move, person
from tests.factories.reviews import review_in

PRIVATE = "heading-written-after-it-was-private"


def test_the_manager_reads_nothing_of_a_ticked_example_that_is_private_again(cast, client_for):
    """Closed, made private, rewritten, and then the review is opened again: the tick is still there."""
    review = review_in(cast, "closed")
    entry = EvidenceEntry.objects.get()
    move(entry, "unshare", by=person(cast.fresh("ailsa")))
    EvidenceEntry.objects.filter(pk=entry.pk).update(title=PRIVATE, situation=PRIVATE)
    move(review, "reopen", by=person(cast.fresh("tom")), data={"reason": "A wrong word"})
    client = client_for(cast.morag)
    pages = [client.get(reverse(f"reviews:{name}", args=[review.pk])) for name in ("detail", "check", "whole")]
    write = reverse("reviews:write", args=[review.pk, 1])
    pages += [client.get(write), client.post(write, {"mark": "1", "words": "Less", "seen": "0"})]

    assert [page.status_code for page in pages] == [200, 200, 200, 200, 409]
    assert [PRIVATE in page.content.decode() for page in pages] == [False] * 5
    assert "An example that is private again" in pages[1].content.decode()
    assert "An example that is private again" in pages[4].content.decode()
