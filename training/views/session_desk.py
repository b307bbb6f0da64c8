"""What a co-ordinator does with one session: check and publish, invite, decide, write to everybody, call it off."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.lib.numbers import whole_number
from people.transitions import ChangedSince, Refused, move, moves_for, person
from training.afterwards.participation import answers_to
from training.afterwards.participation_tables import reasons_of
from training.booking import invitation_words, invitations, places
from training.booking.invitees import choose
from training.booking.session_words import numbers_words, when_words, where_words
from training.enums import ACTIVE_PLACES, InvitationState
from training.forms.session_desk import InviteForm, MessageForm, PaperForm, ReasonForm
from training.models import Place, SessionPaper
from training.planning import drafts, notice, papers, thinking_time, venues
from training.planning.clashes import clash_words
from training.planning.plan_summary import summary
from training.planning.planning_steps import steps_of
from training.views.coordinators import coordinators_only
from training.views.planning import draft_page, session_for, what_blocks
from training.workflow.sessions import enough_come

PER_PAGE = 50
SENTENCES_SHOWN = 3
DECISIONS = ("approve", "decline", "remove")
# Mails carry their styles with them, and nothing else; the frame that shows one is on our own page
MAIL_POLICY = {
    "default-src": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "script-src": ["'none'"],
    "img-src": ["data:"],
    "frame-ancestors": ["'self'"],
    "sandbox": "",
}
HINTS = {
    "decline": gettext_lazy("The person reads it in the mail. Say what they could do instead."),
    "remove": gettext_lazy("The person reads it in the mail. If somebody waits, the place is offered to them."),
}


@coordinators_only
@require_safe
def session_desk(request, pk):
    """The page of one session: a draft's plan, or who comes, who answered and what is next."""
    session = session_for(request, pk)
    if session.is_draft:
        return draft_page(request, session)
    rows = session.places.filter(state__in=ACTIVE_PLACES).select_related("organisation").order_by("state", "pk")
    answers = list(session.invitations.values_list("state", flat=True))
    coming = session.is_published and not session.is_over
    context = {
        "session": session,
        "when": [when_words(row.starts_at, row.ends_at) for row in session.dates.all()],
        "where": where_words(session),
        "numbers": numbers_words(session),
        "steps": steps_of(session),
        "parts": summary(session),
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "invited": Counter(answers),
        "why_not": [line for line in reasons_of(answers_to(session)).lines if line.count],
        "invited_count": len(answers),
        "clashes": clash_words(session) if coming else [],
        "stale": venues.known_of(session.venue).stale if session.venue and coming else [],
        "papers": [(paper, thinking_time.published_words(paper)) for paper in thinking_time.papers_of(session)],
    }
    return render(request, "planning/desk.html", context)


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_check(request, pk):
    """What keeps it from being published, the invitation as people get it, how many get it, and the button."""
    session = session_for(request, pk)
    if not session.is_draft:
        return redirect("manage-sessions:detail", pk)
    first = {"partnerships": [session.partnership_id] if session.partnership_id else []}
    form = InviteForm(request.POST or None, initial=first, session=session, by=request.user)
    valid = request.method == "POST" and form.is_valid()
    if valid and request.POST.get("then") == "publish":
        try:
            return _publish(request, session, form.choice)
        except Refused as refusal:
            return _check_page(request, session_for(request, pk), form, refusal.sentences, status=409)
    return _check_page(request, session, form, status=422 if form.errors else 200)


@coordinators_only
@require_safe
def session_mail(request, pk):
    """The invitation alone, in its own address, so that its styles stay its own; the page to check shows it."""
    response = HttpResponse(invitation_words.preview(session_for(request, pk))[2])
    response._csp_replace = MAIL_POLICY
    return response


def _publish(request, session, choice):
    seen = whole_number(request.POST.get("seen"))
    result = drafts.publish(session, choice.goes, by=request.user, seen=seen)
    messages.success(request, _("It is published. %(words)s") % {"words": _invited_words(len(result.invited))})
    return redirect("manage-sessions:detail", session.pk)


def _check_page(request, session, form, refused=(), status=200):
    blocked = what_blocks(session, request.user)
    subject, text, _html = invitation_words.preview(session)
    context = {
        "session": session,
        "form": form,
        "choice": form.choice or _chosen_at_first(session, request.user),
        "asked": form.is_bound,
        "blocked": blocked,
        "sentences": [words for words in refused if words not in dict(blocked)],
        "clashes": clash_words(session),
        "notice": notice.working_days_words(notice.notice_days(session)) if session.starts_at else "",
        "agreed": notice.working_days_words(notice.agreed_notice()),
        "is_long_enough": notice.is_long_enough(session),
        "subject": subject,
        "text": text,
        "has_errors": bool(form.errors or refused),
    }
    return render(request, "planning/check.html", context, status=status)


def _chosen_at_first(session, user):
    return choose(session, [session.partnership] if session.partnership else [], "", by=user)


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_invite(request, pk):
    """Invite more people, with how many it is before it goes out."""
    session = session_for(request, pk)
    form = InviteForm(request.POST or None, session=session, by=request.user)
    status, sentences = 200, []
    if request.method == "POST":
        status = 200 if form.is_valid() else 422
        if status == 200 and request.POST.get("then") == "invite":
            try:
                result = invitations.invite(session, form.choice.goes, by=request.user)
            except Refused as refusal:
                status, sentences = 409, refusal.sentences
            else:
                messages.success(request, _invited_words(len(result.invited)))
                return redirect("manage-sessions:detail", pk)
    rows = session.invitations.order_by("pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"session": session, "form": form, "choice": form.choice, "sentences": sentences, "asked": form.is_bound}
    context |= {"page": page, "open_count": rows.filter(state=InvitationState.INVITED).count()}
    return render(request, "planning/invite.html", context | {"has_errors": status != 200}, status=status)


@coordinators_only
@require_POST
def session_ask_again(request, pk):
    """Write once more to everybody who has not answered; nobody twice within the hours we agreed on."""
    session = session_for(request, pk)
    asked, sentences = invitations.ask_again(session, by=request.user)
    if asked:
        words = ngettext("%(n)d person was asked again.", "%(n)d people were asked again.", asked)
        messages.success(request, words % {"n": asked})
    for sentence in _in_short(sentences):
        messages.warning(request, sentence)
    return redirect("manage-sessions:invite", pk)


def _in_short(sentences):
    """Each sentence once; of many different ones the first, and how many more there are."""
    different = list(dict.fromkeys(sentences))
    if len(different) <= SENTENCES_SHOWN:
        return different
    more = ngettext("So it is for %(n)d other person.", "So it is for %(n)d other people.", len(different) - 1)
    return [f"{different[0]} {more % {'n': len(different) - 1}}"]


def _invited_words(count):
    if not count:
        return _("Nobody was invited.")
    return ngettext("%(n)d person gets an invitation.", "%(n)d people get an invitation.", count) % {"n": count}


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_cancel(request, pk):
    """Call it off, with a reason that everybody reads."""
    session = session_for(request, pk)
    form = ReasonForm(request.POST or None, hint=_("Everybody who asked or was invited reads it in one mail."))
    return _act(
        request, session, "cancel", form, "planning/cancel.html", _("It is cancelled. Everybody has been told.")
    )


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_message(request, pk):
    """One message to everybody who asked or may still answer."""
    session = session_for(request, pk)
    form = MessageForm(request.POST or None)
    return _act(request, session, "tell", form, "planning/message.html", _("Your message is on its way."))


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_go_ahead(request, pk):
    """Say whether it takes place, knowing how many have booked."""
    session = session_for(request, pk)
    actor = person(request.user)
    if request.method == "POST":
        data, seen = {"anyway": request.POST.get("anyway") == "yes"}, whole_number(request.POST.get("seen"))
        try:
            move(session, "go_ahead", by=actor, data=data, seen=seen)
        except Refused as refusal:
            return _go_ahead_page(request, session_for(request, pk), actor, refusal.sentences, 409)
        messages.success(request, _("It goes ahead. Everybody who has a place has been told."))
        return redirect("manage-sessions:detail", pk)
    return _go_ahead_page(request, session, actor)


def _go_ahead_page(request, session, actor, sentences=(), status=200):
    context = {
        "session": session,
        "too_few": session.is_published and enough_come(session, actor, {}),
        "blocked": {row.name: found for row, found in moves_for(session, actor)}.get("go_ahead"),
        "sentences": sentences,
        "has_errors": bool(sentences),
    }
    return render(request, "planning/go_ahead.html", context, status=status)


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_papers(request, pk):
    """The papers, and adding one as of today."""
    session = session_for(request, pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    context = {
        "session": session,
        "form": form,
        "papers": [(row, thinking_time.published_words(row)) for row in thinking_time.papers_of(session)],
    }
    if request.method != "POST":
        return render(request, "planning/papers.html", context)
    if not form.is_valid():
        return render(request, "planning/papers.html", context | {"has_errors": True}, status=422)
    try:
        papers.publish(session, form.values(), by=request.user)
    except Refused as refusal:
        context |= {"sentences": refusal.sentences, "has_errors": True}
        return render(request, "planning/papers.html", context, status=409)
    messages.success(request, _("The paper is there from today on."))
    return redirect("manage-sessions:papers", pk)


@coordinators_only
@require_POST
def paper_withdraw(request, pk, paper_pk):
    """Take a paper back that was added by mistake."""
    session = session_for(request, pk)
    paper = get_object_or_404(SessionPaper.objects.select_related("session"), pk=paper_pk, session=session)
    papers.withdraw(paper, by=request.user)
    messages.success(request, _("“%(title)s” is taken back.") % {"title": paper.title})
    return redirect("manage-sessions:papers", pk)


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def place_decide(request, pk, place_pk, name):
    """Say yes, say no, or take a place back; a no has a reason."""
    if name not in DECISIONS:
        raise Http404
    rows = Place.objects.visible_to(request.user).select_related("session", "organisation")
    place = get_object_or_404(rows, pk=place_pk, session_id=pk)
    seen = whole_number(request.POST.get("seen"))
    if name == "approve":
        if request.method != "POST":
            return redirect("manage-sessions:detail", pk)
        chosen = "approve" if places.has_seat_for(place) else "approve_to_wait"
        moved = move(place, chosen, by=person(request.user), seen=seen)
        return _decided(request, moved)
    form = ReasonForm(request.POST or None, hint=HINTS[name])
    context = {"place": place, "session": place.session, "form": form, "name": name}
    if request.method != "POST":
        return render(request, "planning/place.html", context)
    if not form.is_valid():
        return render(request, "planning/place.html", context | {"has_errors": True}, status=422)
    try:
        moved = move(place, name, by=person(request.user), data=form.cleaned_data, seen=seen)
    except Refused as refusal:
        context |= {"sentences": refusal.sentences, "has_errors": True}
        return render(request, "planning/place.html", context, status=409)
    return _decided(request, moved)


def _decided(request, place):
    said = {"name": place.name, "state": place.get_state_display().lower()}
    messages.success(request, _("%(name)s: %(state)s. They have been told.") % said)
    return redirect("manage-sessions:detail", place.session_id)


def _act(request, session, name, form, template, done):
    """A move that needs a form; a refusal keeps what was typed."""
    moves = {row.name: sentences for row, sentences in moves_for(session, person(request.user))}
    context = {"session": session, "form": form, "blocked": moves.get(name), "is_open": name in moves}
    context |= {"seen": request.POST.get("seen", session.version), "told": _told(session)}
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context | {"has_errors": True}, status=422)
    try:
        move(
            session, name, by=person(request.user), data=form.cleaned_data, seen=whole_number(request.POST.get("seen"))
        )
    except ChangedSince as refusal:
        context |= {"sentences": refusal.sentences, "seen": refusal.record.version, "has_errors": True}
        return render(request, template, context, status=409)
    except Refused as refusal:
        return render(request, template, context | {"sentences": refusal.sentences, "has_errors": True}, status=409)
    messages.success(request, done)
    return redirect("manage-sessions:detail", session.pk)


def _told(session):
    """How many people get a mail about it."""
    return session.places.active().count() + session.invitations.filter(state=InvitationState.INVITED).count()
