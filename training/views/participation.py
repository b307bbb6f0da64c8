"""Who is in the room: of one session, and of a year, on the page and as a file. Counted in participation.py."""

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_safe

from people.lib import csv
from people.lib.dates import today
from people.lib.numbers import whole_number
from training.models import JointSession
from training.participation import figures_of, sessions_of_year, years
from training.participation_tables import HEAD, file_rows, least, number_words, tables_of, tables_of_one
from training.views.required import coordinators_only


@coordinators_only
@require_safe
def room(request, pk):
    """One session, while it is planned and afterwards."""
    session = get_object_or_404(JointSession.objects.visible_to(request.user).prefetch_related("dates"), pk=pk)
    figures = figures_of(JointSession.objects.filter(pk=pk).order_by())
    context = {"session": session, **_shown(figures, tables_of_one(figures))}
    return render(request, "participation/room.html", context)


@coordinators_only
@require_safe
def participation(request):
    """A year of sessions."""
    found = years()
    year = _year(request, found)
    figures = figures_of(sessions_of_year(year))
    context = {
        "year": year,
        **_shown(figures, tables_of(figures)),
        "so_far": year == today().year,
        "tabs": [{"label": str(each), "url": f"?year={each}", "current": each == year} for each in found],
    }
    return render(request, "participation/year.html", context)


@coordinators_only
@require_GET
def participation_csv(request):
    """The same lines as a file."""
    year = _year(request, years())
    rows = csv.stream(HEAD, file_rows(tables_of(figures_of(sessions_of_year(year)))))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="who-was-in-the-room-{year}.csv"'
    return response


def _shown(figures, tables):
    return {
        "figures": figures,
        "people": number_words(figures.people),
        "sessions": number_words(figures.sessions),
        "tables": tables,
        "not_shown": [table for table in tables if not table.lines],
        "least": least(),
    }


def _year(request, found):
    asked = whole_number(request.GET.get("year"))
    return asked if asked in found else found[0]
