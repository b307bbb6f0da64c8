"""Who is in the room: of one session, and of a year, on the page and as a file. Counted in participation.py."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, When
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from people.enums import OrganisationSize
from people.lib import csv
from people.lib.dates import today
from people.lib.numbers import whole_number
from people.models import Organisation
from training.afterwards.organisation_sizes import keep_sizes
from training.afterwards.participation import figures_of, sessions_of_year, years
from training.afterwards.participation_tables import HEAD, file_rows, least, number_words, tables_of, tables_of_one
from training.models import JointSession
from training.views.coordinators import coordinators_only

PER_PAGE = 25


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


@coordinators_only
@require_http_methods(["GET", "HEAD", "POST"])
def sizes(request):
    """How large each organisation is, those that nobody has said anything about first."""
    if request.method == "POST":
        wanted = {
            key: size
            for name, size in request.POST.items()
            if name.startswith("size-") and (key := whole_number(name.removeprefix("size-"))) is not None
        }
        count = keep_sizes(wanted, by=request.user)
        words = ngettext("%(n)d size is saved.", "%(n)d sizes are saved.", count) % {"n": count}
        messages.success(request, words if count else _("Nothing was changed."))
        return redirect(request.get_full_path())
    rows = Organisation.objects.annotate(known=Case(When(size="", then=0), default=1, output_field=IntegerField()))
    page = Paginator(rows.order_by("known", "name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "participation/sizes.html", {"page": page, "sizes": OrganisationSize.choices})


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
