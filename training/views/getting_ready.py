"""What the holder of a place says after booking, all by choice. Who reads which part stands in getting_ready.py."""

from django.contrib import messages
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from people.lib.numbers import whole_number
from people.transitions import Refused, move
from training.booking import getting_ready
from training.forms.getting_ready import AboutForm, NeedForm


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def ready(request, holder):
    """What I bring, what I need from the others, support, and what I need in order to take part."""
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    if request.method == "POST" and asked not in SAVES:
        return HttpResponseBadRequest()
    readers = getting_ready.readers_of(holder.place.session)
    forms, needs = _forms(holder, readers, request.POST, asked)
    if not asked and holder.place.has_ended and not needs:
        return redirect(holder.home)  # nothing to ask for, and nothing to take back
    if not asked:
        return _page(request, holder, readers, forms, needs)
    sentences = SAVES[asked](request, holder, forms, needs)
    if sentences is None:
        return redirect(holder.url("ready"))
    return _page(request, holder, readers, forms, needs, sentences=sentences, status=409 if sentences else 422)


def _forms(holder, readers, data, asked):
    """The forms of the page by what they do; only the one that was sent is bound. And the needs with theirs."""
    place = holder.place
    chosen = whole_number(data.get("need")) if asked in ("again", "withdraw") else None
    said = {name: getattr(place, name) for name in getting_ready.SAID}
    support = getting_ready.support_choices(place.session)
    forms = {
        "about": AboutForm(data if asked == "about" else None, support=support, initial=said, auto_id="about-%s"),
        "ask": NeedForm(data if asked == "ask" else None, readers=readers.may_be_ticked, auto_id="ask-%s"),
    }
    needs = list(place.access_needs.prefetch_related("readers"))
    for need in needs:
        need.place = place
        first = {"words": need.words, "readers": [str(row.pk) for row in need.readers.all()]}
        bound = data if asked == "again" and need.pk == chosen else None
        need.form = NeedForm(bound, readers=readers.may_be_ticked, initial=first, auto_id=f"n{need.pk}-%s")
    return forms, needs


def _page(request, holder, readers, forms, needs, sentences=(), status=200):
    context = {
        "base": holder.base,
        "by_link": holder.by_link,
        "home": holder.home,
        "place": holder.place,
        "session": holder.place.session,
        "readers": readers,
        "forms": forms,
        "needs": needs,
        "sentences": sentences,
    }
    return render(request, "sessions/ready.html", context, status=status)


def _save_about(request, holder, forms, needs):
    form = forms["about"]
    if not form.is_valid():
        return []
    try:
        seen = whole_number(request.POST.get("seen"))
        getting_ready.say(holder.place, form.cleaned_data, by=holder.actor, seen=seen)
    except Refused as refusal:
        return refusal.sentences
    messages.success(request, _("Saved."))
    return None


def _ask(request, holder, forms, needs):
    form = forms["ask"]
    if not form.is_valid():
        return []
    try:
        values = form.cleaned_data
        getting_ready.ask(holder.place, values["words"], values.get("readers", []), by=holder.actor)
    except Refused as refusal:
        return refusal.sentences
    messages.success(request, _("Kept. You get a mail when there is an answer."))
    return None


def _ask_again(request, holder, forms, needs):
    need = _chosen(request, needs)
    if not need.form.is_valid():
        return []
    data = {"words": need.form.cleaned_data["words"], "readers": need.form.cleaned_data.get("readers", [])}
    try:
        move(need, "ask_again", by=holder.actor, data=data, seen=whole_number(request.POST.get("seen")))
    except Refused as refusal:
        return refusal.sentences
    messages.success(request, _("Saved."))
    return None


def _withdraw(request, holder, forms, needs):
    """Pressed twice it is gone already, and that is what was wanted."""
    chosen = whole_number(request.POST.get("need"))
    for need in needs:
        if need.pk == chosen:
            getting_ready.withdraw(need, by=holder.actor)
    messages.success(request, _("It is gone; nobody can read it any more."))


def _chosen(request, needs):
    found = next((need for need in needs if need.pk == whole_number(request.POST.get("need"))), None)
    if found is None:
        raise Http404
    return found


SAVES = {"about": _save_about, "ask": _ask, "again": _ask_again, "withdraw": _withdraw}
