"""Background work of training: the PDF of a certificate, made once and kept (people/printing.py)."""

from django.db import transaction
from django_tasks import task

from people.printing import make_and_keep, make_missing
from people.transitions import Actor, Data
from training.models import Certificate
from training.pdf import certificate_pdf


def order_pdf(certificate: Certificate, actor: Actor, data: Data) -> None:
    """Have the PDF made when the certificate is committed."""
    transaction.on_commit(lambda: make_pdf.enqueue(certificate.pk))


@task()
def make_pdf(pk: int) -> bool:
    """Make and keep the PDF of one certificate; False when it is there already or cannot be made now."""
    certificate = Certificate.objects.without_pdf().filter(pk=pk).first()
    if certificate is None:
        return False
    waiting = Certificate.objects.without_pdf().filter(pk=pk)
    return make_and_keep(
        certificate.pdf,
        lambda: certificate_pdf(certificate),
        lambda name, digest: bool(waiting.update(pdf=name, pdf_sha256=digest)),
        called=f"certificate {pk}",
    )


def make_missing_pdfs(limit: int = 200) -> int:
    """For tick: the PDFs that a task did not make; returns how many were made."""
    return make_missing(Certificate.objects.without_pdf().values_list("pk", flat=True)[:limit], make_pdf.func)
