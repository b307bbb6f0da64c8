"""Attendance on a phone: one page a date, for whoever leads the session. What is kept stands in attendance.py."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from people.lib.pdf import can_render
from people.transitions import Refused, person
from training.afterwards import attendance, sign_in_sheets
from training.enums import PlaceState, Presence
from training.forms.attendance import WalkInForm, read_marks
from training.models import JointSession, SignInSheet
from training.permissions import can_plan_session, can_take_attendance
from training.planning.sessions import when_words

PAGE = 100  # rows on one page: more than that no phone scrolls


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request, pk, date_pk=None):
    """Everybody who holds a place with the mark of one date; posted by the script row by row, or all at once."""
    session, date = _session_and_date(request, pk, date_pk)
    if date is None:
        return render(request, "sessions/attendance_none.html", {"session": session})
    if request.method == "POST":
        return _save(request, session, date)
    return _page(request, session, date, WalkInForm())


@require_POST
def everyone(request, pk, date_pk):
    """One press: everybody who is not marked yet is here."""
    session, date = _session_and_date(request, pk, date_pk)
    count = attendance.mark_everyone(date, by=request.user)
    words = ngettext(
        "%(n)d person is marked as here. Now change the exceptions.",
        "%(n)d people are marked as here. Now change the exceptions.",
        count,
    )
    if count:
        messages.success(request, words % {"n": count})
    else:
        messages.info(request, _("Everybody is marked already. Nothing was changed."))
    return redirect("session-day:attendance-date", session.pk, date.pk)


@never_cache
@require_POST
def walk_in(request, pk, date_pk):
    """Somebody came without a place."""
    session, date = _session_and_date(request, pk, date_pk)
    form = WalkInForm(request.POST)
    if not form.is_valid():
        return _page(request, session, date, form, status=422)
    place = attendance.add_walk_in(date, form.asker(), by=request.user)
    messages.success(request, _("%(name)s is on the list and marked as here.") % {"name": place.name})
    return redirect("session-day:attendance-date", session.pk, date.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def sheet(request, pk, date_pk):
    """The stored sign-in sheet; a press has it made anew. Nothing is rendered here."""
    session, date = _session_and_date(request, pk, date_pk)
    if request.method == "POST":
        sign_in_sheets.order_sheet(date, by=request.user)
        messages.success(request, _("The sign-in sheet is being made. Its link stands below in a moment."))
        return redirect("session-day:attendance-date", session.pk, date.pk)
    found = SignInSheet.objects.filter(date=date).exclude(file="").first()
    if found is None:
        raise Http404(_("The sign-in sheet is being made, or nobody has asked for it yet."))
    try:
        with found.file.open("rb") as file:  # some tens of KB
            response = HttpResponse(file.read(), content_type="application/pdf")
    except FileNotFoundError as missing:
        raise Http404(_("The stored sheet cannot be found. Have it made again.")) from missing
    response["Content-Disposition"] = 'inline; filename="sign-in-sheet.pdf"'
    return response


def _session_and_date(request, pk, date_pk):
    rows = JointSession.objects.visible_to(request.user).prefetch_related("dates", "facilitators")
    session = get_object_or_404(rows, pk=pk)
    if not can_take_attendance(session, person(request.user)):
        raise PermissionDenied
    if date_pk is None:
        return session, attendance.date_to_take(session)
    date = next((row for row in session.dates.all() if row.pk == date_pk), None)
    if date is None:
        raise Http404
    return session, date


def _save(request, session, date):
    rows = Paginator(attendance.rows_of(date), PAGE).get_page(request.GET.get("page"))
    shown = {row.pk: row for row in rows}
    silent = bool(request.headers.get("X-Autosave"))
    try:
        kept = attendance.keep_marks(date, read_marks(request.POST, shown), by=request.user)
    except Refused as refusal:
        if silent:
            return JsonResponse({"message": str(refusal)}, status=409)
        raise
    if silent:
        return _told(date, kept)
    if kept.changed_elsewhere:
        messages.warning(request, _elsewhere(kept))
    if kept.written:
        count = kept.written
        messages.success(request, ngettext("%d mark is saved.", "%d marks are saved.", count) % count)
    elif not kept.changed_elsewhere:
        messages.info(request, _("Nothing was changed."))
    return redirect(request.get_full_path())


def _told(date, kept):
    """What the script needs: the marks that stand, and a sentence."""
    values = {f"p{row.pk}": kept.now[row.pk] for row in kept.changed_elsewhere}
    seen = {f"p{pk}-seen": mark for pk, mark in kept.now.items()}
    here, open_rows = attendance.counted(attendance.rows_of(date))
    note = _elsewhere(kept) if kept.changed_elsewhere else _numbers(here, open_rows)
    return JsonResponse({"seen": seen, "values": values, "note": note})


def _elsewhere(kept):
    names = ", ".join(
        f"{row.name} ({Presence(kept.now[row.pk]).label})" if kept.now[row.pk] else row.name
        for row in kept.changed_elsewhere
    )
    words = _("Somebody else has marked them meanwhile, and that stands: %(names)s. Change it again if it is wrong.")
    return words % {"names": names}


def _numbers(here, open_rows):
    words = ngettext("%(n)d person is here.", "%(n)d people are here.", here) % {"n": here}
    left = ngettext("%(n)d is not marked yet.", "%(n)d are not marked yet.", open_rows) % {"n": open_rows}
    return f"{words} {left if open_rows else _('Everybody is marked.')}"


def _page(request, session, date, form, status=200):
    everybody = list(attendance.rows_of(date))
    page = Paginator(everybody, PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.mark = attendance.mark_of(row)
    here, open_rows = attendance.counted(everybody)
    context = {
        "session": session,
        "date": date,
        "when": when_words(date.starts_at, date.ends_at),
        "dates": _tabs(session, date),
        "page": page,
        "marks": [("", _("Not marked")), *Presence.choices],
        "numbers": _numbers(here, open_rows),
        "open_rows": open_rows,
        "sheet": SignInSheet.objects.filter(date=date).first(),
        "holders": len(everybody),
        "can_make_pdf": can_render,
        "not_yet": attendance.why_not_yet(session, date),
        "organisations": sorted({row.organisation_label for row in everybody if row.organisation_label}),
        "form": form,
        "waiting": session.places.filter(state__in=[PlaceState.WAITING, PlaceState.OFFERED]).exists(),
        "may_review": can_plan_session(session, person(request.user)),
    }
    return render(request, "sessions/attendance.html", context, status=status)


def _tabs(session, date):
    dates = list(session.dates.all())
    return [(row, when_words(row.starts_at, row.ends_at), row.pk == date.pk) for row in dates] if dates[1:] else []
