"""The register of partnerships, and who is in one."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render

from partnerships.models import Partnership
from partnerships.permissions import can_keep_partnerships

PAGE_SIZE = 25


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
    context = {"partnership": partnership, "members": partnership.members()}
    context["can_edit"] = can_keep_partnerships(request.user)
    return render(request, "partnerships/partnership_detail.html", context)
