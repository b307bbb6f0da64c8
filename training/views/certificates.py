"""Pages of certificates: the holder's own, the public check, the co-ordinators' list. Rules stand in workflow.py."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from people.lib.numbers import whole_number
from people.lib.pdf import APT_LINE, can_render
from people.transitions import person
from training import certificates, verification
from training.forms.learning import CertificateReplaceForm, CertificateSearchForm, CertificateWithdrawForm
from training.models import Certificate
from training.models.certificate import clean_code
from training.views.coordinators import coordinators_only

PAGE = 25


@require_safe
@never_cache
def certificate_list(request):
    """One's own certificates."""
    mine = Certificate.objects.held_by(request.user).with_newer()
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    return render(request, "certificates/list.html", {"page": page})


@require_safe
@never_cache
def detail(request, code):
    """One certificate, for its holder; for everybody else it does not exist."""
    context = {"certificate": _own(request, code), "can_make_pdf": can_render, "pdf_command": APT_LINE}
    return render(request, "certificates/detail.html", context)


@require_GET
@never_cache
def pdf(request, code):
    """The stored PDF; nothing is made here."""
    certificate = _own(request, code)
    response = HttpResponse(certificates.stored_pdf(certificate), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{certificate.grouped_code}.pdf"'
    return response


@login_not_required
@require_safe
@never_cache
def verify(request, code=""):
    """Check a code without signing in; a wrong code and an unknown one look the same."""
    typed = code or request.GET.get("code", "")
    context = {"typed": typed.strip()[:60], "searched": bool(typed.strip())}
    if not context["searched"]:
        return render(request, "certificates/verify.html", context)
    if not verification.may_look(get_adapter().get_client_ip(request)):
        return render(request, "429.html", status=429)
    context["certificate"] = verification.find(typed)
    return render(request, "certificates/verify.html", context, status=200 if context["certificate"] else 404)


@require_safe
@coordinators_only
def manage(request):
    """The co-ordinators' list."""
    form = CertificateSearchForm(request.GET)
    found = Certificate.objects.visible_to(request.user).with_newer()
    if form.is_valid() and (text := form.cleaned_data["q"]):
        found = found.matching(text, clean_code(text))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "certificates/manage.html", {"form": form, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@coordinators_only
def manage_one(request, code):
    """One certificate for a co-ordinator: replace it with the name corrected, or withdraw it."""
    certificate = get_object_or_404(Certificate.objects.visible_to(request.user).with_newer(), code=clean_code(code))
    chosen = request.POST.get("move", "")
    replacing = CertificateReplaceForm(*_bound(request, chosen == "replace"), initial={"name": certificate.holder.name})
    withdrawing = CertificateWithdrawForm(*_bound(request, chosen == "withdraw"))
    if chosen == "replace" and replacing.is_valid():
        name, seen = replacing.cleaned_data["name"], request.POST.get("seen")
        newer = certificates.replace(certificate, name=name, by=person(request.user), seen=_number(seen))
        messages.success(request, _("The certificate was replaced. The holder has been told."))
        return redirect("manage-certificates:detail", newer.code)
    if chosen == "withdraw" and withdrawing.is_valid():
        reason, seen = withdrawing.cleaned_data["reason"], request.POST.get("seen")
        certificates.withdraw(certificate, reason=reason, by=person(request.user), seen=_number(seen))
        messages.success(request, _("The certificate was withdrawn. The holder has been told."))
        return redirect("manage-certificates:detail", certificate.code)
    context = {"certificate": certificate, "replacing": replacing, "withdrawing": withdrawing}
    status = 422 if chosen else 200
    return render(request, "certificates/manage_one.html", context, status=status)


def _own(request, code):
    own = Certificate.objects.held_by(request.user).with_newer()
    return get_object_or_404(own, code=clean_code(code))


def _bound(request, is_chosen):
    return (request.POST,) if is_chosen else ()


def _number(text):
    """The version in a form; one that is no number is never the version that stands."""
    number = whole_number(text)
    return -1 if text and number is None else number
