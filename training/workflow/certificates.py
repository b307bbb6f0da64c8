"""What can happen to a certificate: issued by itself, replaced, withdrawn. Issuing stands in certificates.py."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import transitions
from people.transitions import SYSTEM, Actor, Data, Move
from training import certificates, notifications, tasks
from training.enums import CertificateState, WithdrawalReason
from training.models import Certificate
from training.permissions import is_coordinator, is_system


def reason_chosen(certificate: Certificate, actor: Actor, data: Data) -> str | None:
    """A reason from the list is given."""
    if "reason" in data and data["reason"] in WithdrawalReason.values:
        return None
    return _("Choose why the certificate is withdrawn.")


def name_differs(certificate: Certificate, actor: Actor, data: Data) -> str | None:
    """The corrected name is there and is another one."""
    name = str(data.get("name", "")).strip()
    if not name:
        return _("Enter the name as it should be on the certificate.")
    return _("This is the name on the certificate already.") if name == certificate.holder_name else None


def keep_reason(certificate: Certificate, actor: Actor, data: Data) -> None:
    """The reason stands on the record, where its holder reads it."""
    certificate.withdrawn_reason = data["reason"]


def issue_successor(certificate: Certificate, actor: Actor, data: Data) -> None:
    """In the same transaction: the old one stops to be the issued one, the new one is issued and linked."""
    certificate.save()  # only one certificate of a source may be issued at any moment
    newer = certificates.successor(certificate, str(data["name"]).strip())
    certificate.replaced_by = transitions.create(newer, "issue", by=SYSTEM)


MOVES = {
    Certificate: (
        Move(
            "issue",
            frm=(),
            to=CertificateState.ISSUED,
            who=is_system,
            lock="source",
            notices=(tasks.order_pdf, notifications.tell_issued),
        ),
        Move(
            "replace",
            frm=(CertificateState.ISSUED,),
            to=CertificateState.REPLACED,
            who=is_coordinator,
            label=gettext_lazy("Replace with corrected name"),
            done=gettext_lazy("The certificate has been replaced."),
            needs=(name_differs,),
            inputs=("name",),
            effects=(issue_successor,),
            lock="source",
        ),
        Move(
            "withdraw",
            frm=(CertificateState.ISSUED,),
            to=CertificateState.WITHDRAWN,
            who=is_coordinator,
            label=gettext_lazy("Withdraw"),
            done=gettext_lazy("The certificate has been withdrawn."),
            needs=(reason_chosen,),
            inputs=("reason",),
            effects=(keep_reason,),
            notices=(notifications.tell_withdrawn,),
            lock="source",
        ),
    ),
}
