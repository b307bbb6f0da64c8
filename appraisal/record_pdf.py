"""What the PDF of a record shows: the record and nothing beside it. How a PDF is made stands in people/lib/pdf.py."""

from appraisal.models import ReviewRecord
from appraisal.record_reader import read
from people.lib import pdf
from people.models import Identity


def record_pdf(record: ReviewRecord) -> bytes:
    """A4, to be read by eye or by screen reader, and to keep."""
    context = {"record": record, "document": read(record.data), "issuer": Identity.current().organisation_name}
    return pdf.render("pdf/record.html", context, style="pdf/record.css")
