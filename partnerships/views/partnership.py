"""The register of partnerships, and who is in one."""

from itertools import groupby

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from partnerships.models import Partnership
from partnerships.permissions import can_keep_partnerships

PAGE_SIZE = 25
PEOPLE_SIZE = 50


def partnership_list(request):
    """All partnerships, those of the person marked; searched by words."""
    words = request.GET.get("q", "").strip()[:100]
    partnerships = Partnership.objects.visible_to(request.user).for_list()
    if words:
        partnerships = partnerships.matching(words)
    page = Paginator(partnerships, PAGE_SIZE).get_page(request.GET.get("page"))
    mine = set(Partnership.objects.of_person(request.user).values_list("pk", flat=True))
    context = {"page": page, "words": words, "mine": mine, "can_add": can_keep_partnerships(request.user)}
    return render(request, "partnerships/partnership_list.html", context)


def partnership_detail(request, slug):
    """One partnership: what it is for, its organisations with their people, and what they did together."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user).for_page(), slug=slug)
    page = Paginator(partnership.member_rows(), PEOPLE_SIZE).get_page(request.GET.get("page"))
    context = {"partnership": partnership, "page": page, "members": _by_organisation(page)}
    context["can_edit"] = can_keep_partnerships(request.user)
    return render(request, "partnerships/partnership_detail.html", context)


def _by_organisation(rows):
    """The rows of one page, gathered under their organisations."""
    return [
        {"organisation": organisation, "brings": brings, "people": [person for *_, person in found if person]}
        for (organisation, brings), found in groupby(rows, key=lambda row: row[:2])
    ]
