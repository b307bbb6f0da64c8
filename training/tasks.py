"""Background work of training: the PDF of a certificate is made once, after the commit, never in a web request."""

import hashlib
import logging

from django.core.files.base import ContentFile
from django.db import transaction
from django_tasks import task

from people.lib.pdf import PdfUnavailable
from people.transitions import Actor, Data
from training.models import Certificate
from training.pdf import certificate_pdf

log = logging.getLogger(__name__)


def order_pdf(certificate: Certificate, actor: Actor, data: Data) -> None:
    """Have the PDF made when the certificate is committed."""
    transaction.on_commit(lambda: make_pdf.enqueue(certificate.pk))


@task()
def make_pdf(pk: int) -> bool:
    """Make and keep the PDF of one certificate; False when it is there already or cannot be made now."""
    certificate = Certificate.objects.without_pdf().filter(pk=pk).first()
    if certificate is None:
        return False
    try:
        content = certificate_pdf(certificate)
    except PdfUnavailable as reason:
        log.warning("certificate %s has no PDF yet: %s", pk, reason)
        return False
    return _keep(certificate, content)


def make_missing_pdfs(limit: int = 200) -> int:
    """For tick: make the PDFs that a task did not; one that fails stops no other. Returns how many were made."""
    made = 0
    for pk in Certificate.objects.without_pdf().values_list("pk", flat=True)[:limit]:
        try:
            made += make_pdf.func(pk)
        except Exception:  # logged, and tried again at the next tick
            log.exception("the PDF of certificate %s could not be made", pk)
    return made


def _keep(certificate: Certificate, content: bytes) -> bool:
    """Store the file, then claim the row; whoever comes second removes their own file."""
    field = certificate._meta.get_field("pdf")
    name = field.storage.save(field.generate_filename(certificate, "certificate.pdf"), ContentFile(content))
    digest = hashlib.sha256(content).hexdigest()
    if Certificate.objects.without_pdf().filter(pk=certificate.pk).update(pdf=name, pdf_sha256=digest):
        return True
    field.storage.delete(name)
    return False
