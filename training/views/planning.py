"""Where co-ordinators plan a session: the list, six questions, the plan in words, its parts, check and publish.

What is done with a session once it is published stands in session_desk.py.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.lib.numbers import whole_number
from people.transitions import ChangedSince, Refused, moves_of, person
from training.booking.session_words import when_words, where_words
from training.enums import SessionState
from training.forms.plan_parts import FORMS
from training.forms.planning import NewSessionForm
from training.models import JointSession, SessionProposal
from training.planning import drafts, proposals, session_changes
from training.planning.clashes import clash_words
from training.planning.plan_summary import BY_CODE, summary
from training.planning.planning_steps import next_step, steps_of
from training.views.coordinators import coordinators_only

PER_PAGE = 25
COPIES_OFFERED = 4
VIEWS = {"coming": gettext_lazy("Coming"), "drafts": gettext_lazy("Drafts"), "past": gettext_lazy("Past")}
# In which part of the plan a need of publishing is met; what is known about a venue stands on the venue's own page
MENDED_IN = {
    "is_ahead": "dates",
    "has_a_date": "dates",
    "says_what_is_open": "open",
    "has_somewhere_to_meet": "where",
    "held_places_fit": "places",
    "somebody_leads": "leads",
    "places_for_those_who_lead": "places",
    "notice_is_long_enough": "ready",
}
MENDED_AT_VENUE = {"core_facts_are_known"}


def session_for(request, pk):
    """One session with what its plan and its next steps are read from."""
    rows = JointSession.objects.visible_to(request.user).for_planning()
    rows = rows.select_related("venue", "host", "partnership", "module", "coordinator", "deputy")
    return get_object_or_404(
        rows.prefetch_related("dates", "held", "facilitators__organisation", "venue__facts"), pk=pk
    )


@coordinators_only
@require_safe
def session_list(request):
    """Every session with what it needs next, and by when."""
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "coming"
    rows = JointSession.objects.visible_to(request.user).for_planning().for_desk(view)
    page = Paginator(rows.select_related("venue").prefetch_related("dates"), PER_PAGE).get_page(request.GET.get("page"))
    for session in page:
        session.when = [when_words(row.starts_at, row.ends_at) for row in session.dates.all()]
        session.where, session.step = where_words(session), next_step(session)
    tabs = [{"label": label, "url": f"?view={key}", "current": key == view} for key, label in VIEWS.items()]
    return render(request, "planning/list.html", {"page": page, "tabs": tabs, "view": view})


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_add(request):
    """The six questions and the recipe; what somebody proposed and was promised fills in what it can."""
    proposal = _accepted_proposal(request)
    form = NewSessionForm(request.POST or None, initial=proposals.first_answers(proposal) if proposal else None)
    if request.method == "POST" and form.is_valid():
        session = drafts.start(form.answers(), by=request.user)
        if proposal:
            proposals.plan_from(proposal, session, by=request.user)
        return redirect("manage-sessions:detail", session.pk)
    earlier = JointSession.objects.visible_to(request.user).exclude(state=SessionState.DRAFT)[:COPIES_OFFERED]
    context = {"form": form, "earlier": earlier if proposal is None else [], "proposal": proposal}
    return render(request, "planning/add.html", context, status=422 if form.errors else 200)


def _accepted_proposal(request):
    """The proposal that the address names, while no draft has come of it."""
    rows = SessionProposal.objects.visible_to(request.user).to_plan().select_related("by", "organisation")
    return rows.filter(pk=whole_number(request.GET.get("proposal"))).first()


@coordinators_only
@require_POST
def session_copy(request, pk):
    """A draft like an earlier session; its dates come next."""
    earlier = get_object_or_404(JointSession.objects.visible_to(request.user), pk=pk)
    session = drafts.copy(earlier, by=request.user)
    messages.success(request, _("This is a copy as a draft. Say when it takes place."))
    return redirect("manage-sessions:part", session.pk, "dates")


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_change(request, pk, code=None):
    """One part of the plan, or all of them at once. What is published already goes out in one mail."""
    if code is not None and code not in FORMS:
        raise Http404
    session = session_for(request, pk)
    data = request.POST if request.method == "POST" else None
    parts = [
        (BY_CODE[key], FORMS[key](data, session=session, prefix=key)) for key in FORMS if code is None or key == code
    ]
    tells = not session.is_draft and any(form.is_told for _part, form in parts)
    context = {"session": session, "parts": parts, "code": code, "seen": session.version, "tells": tells}
    if data is None:
        return render(request, "planning/change.html", context)
    context["seen"] = request.POST.get("seen")
    if [form for _part, form in parts if not form.is_valid()]:  # each says what is wrong with it
        return render(request, "planning/change.html", context | {"has_errors": True}, status=422)
    values = {name: value for _part, form in parts for name, value in form.values().items()}
    changes = session_changes.what_changes(session, values)
    told = session_changes.told_words(session, changes)
    if request.POST.get("then") == "see":
        return render(request, "planning/change.html", context | {"told": told, "was_asked": True})
    try:
        drafts.save(session, values, by=request.user, seen=whole_number(request.POST.get("seen")))
    except ChangedSince as refusal:
        context |= {"sentences": refusal.sentences, "theirs": summary(session_for(request, pk)), "has_errors": True}
        return render(request, "planning/change.html", context | {"seen": refusal.record.version}, status=409)
    except Refused as refusal:
        context |= {"sentences": refusal.sentences, "has_errors": True}
        return render(request, "planning/change.html", context, status=409)
    messages.success(request, _("Saved. Everybody concerned gets one mail.") if tells and told else _("Saved."))
    if "dates" in changes and session.interpreter and "interpreter" not in changes:
        words = _("It is moved. Look whether this still holds: interpreters: %(words)s")
        messages.warning(request, words % {"words": session.interpreter})
    return redirect("manage-sessions:detail", pk)


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_delete(request, pk):
    """Throw a draft away, after a page that asks."""
    session = session_for(request, pk)
    if request.method == "POST":
        drafts.throw_away(session, by=request.user)
        messages.success(request, _("The draft “%(title)s” is deleted.") % {"title": session.title})
        return redirect("manage-sessions:list")
    if not session.is_draft:
        return redirect("manage-sessions:detail", pk)
    return render(request, "planning/delete.html", {"session": session})


def draft_page(request, session):
    """The plan of a draft in words, each part with the way to change it."""
    context = {
        "session": session,
        "parts": summary(session),
        "blocked": what_blocks(session, request.user),
        "clashes": clash_words(session),
        "steps": steps_of(session),
    }
    return render(request, "planning/draft.html", context)


def what_blocks(session, user):
    """Everything that keeps a draft from being published: each sentence, and the page on which it is mended."""
    needs = moves_of(JointSession)["publish"].needs
    asked = [(need(session, person(user), {}), need.__name__) for need in needs]
    return [(sentence, _mended_at(session, name)) for sentence, name in asked if sentence]


def _mended_at(session, name):
    if name in MENDED_AT_VENUE:
        return reverse("manage-venues:detail", args=[session.venue_id])
    return reverse("manage-sessions:part", args=[session.pk, MENDED_IN[name]])
