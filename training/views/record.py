"""My learning record: the page, its files. Every address is about whoever is signed in, and nobody else's opens."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from people.lib import csv
from people.lib.pdf import can_render
from training.learning_record import HEAD, file_rows, record_of, time_words
from training.models import LearningRecordFile
from training.record_files import order_file

PER_PAGE = 50


@never_cache
@require_safe
def learning_record(request):
    """What I have done, plan and am asked, and what I wrote for myself."""
    record = record_of(request.user)
    page = Paginator(record.done, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "record": record,
        "page": page,
        "done": [(row, time_words(row.minutes) if row.minutes else "") for row in page],
        "total": time_words(record.minutes),
        "of_the_year": time_words(record.minutes_of_the_year),
        "file": LearningRecordFile.objects.filter(person=request.user).first(),
        "can_make_pdf": can_render,
    }
    return render(request, "learning/record.html", context)


@require_POST
def record_pdf_order(request):
    """Have the PDF made, with or without what I wrote for myself."""
    order_file(request.user, with_words=request.POST.get("with_words") == "yes")
    messages.success(request, _("Your PDF is being made. It stands on this page in a moment."))
    return redirect("learning:record")


@never_cache
@require_GET
def record_pdf(request):
    """The stored PDF; nothing is made here."""
    row = LearningRecordFile.objects.filter(person=request.user).exclude(file="").first()
    if row is None:
        raise Http404(_("There is no PDF yet. The page of your learning record is complete."))
    try:
        with row.file.open("rb") as file:  # at most some hundred KB
            response = HttpResponse(file.read(), content_type="application/pdf")
    except FileNotFoundError as missing:
        raise Http404(_("The stored PDF cannot be found. The page of your learning record is complete.")) from missing
    response["Content-Disposition"] = 'attachment; filename="my-learning-record.pdf"'
    return response


@never_cache
@require_GET
def record_csv(request):
    """The same as a table, without what I wrote for myself."""
    rows = csv.stream(HEAD, file_rows(record_of(request.user)))
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="my-learning-record.csv"'
    return response
