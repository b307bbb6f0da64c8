"""Pages on which content editors write a draft of the framework, record agreement and publish it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from partnerships.enums import SIDES
from partnerships.forms.framework import AgreementForm, BehaviourTextForm, ProfileForm, VersionTextsForm
from partnerships.framework import (
    copy_version,
    current_version,
    record_agreement,
    save_behaviour_text,
    save_profile,
    save_version_texts,
)
from partnerships.layout import changed_slugs, layout
from partnerships.models import BehaviourText, FrameworkVersion, RoleProfile
from partnerships.permissions import can_edit_framework
from people.enums import Side
from people.transitions import ChangedSince, Refused, move, moves_for, person

PAGE_SIZE = 25


def _editors_only(request):
    if not can_edit_framework(request.user):
        raise PermissionDenied


def _draft(request, number):
    """The version to edit; a published one is refused with a sentence."""
    _editors_only(request)
    version = get_object_or_404(FrameworkVersion.objects.visible_to(request.user), number=number)
    if not version.is_draft:
        raise Refused(_("This version is published and cannot change. Start a new version instead."))
    return version


def _saved(request, form, save):
    """Save what a form holds; when somebody else was quicker, keep the text on the page and say so."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        save(seen=form.cleaned_data["seen"])
    except ChangedSince as refusal:
        form.add_error(
            None, refusal.sentences[0] + " " + _("Your text is still below. Compare it with what is saved now.")
        )
        form.changed_since = True
        form.data = form.data.copy()
        form.data["seen"] = refusal.record.version  # the next press saves over it, knowingly
        return False
    return True


@require_safe
def framework_versions(request):
    """All versions, newest first."""
    _editors_only(request)
    versions = FrameworkVersion.objects.visible_to(request.user).prefetch_related("agreements")
    page = Paginator(versions, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "draft": FrameworkVersion.objects.drafts().first()}
    return render(request, "framework/framework_versions.html", context)


@require_POST
def framework_start(request):
    """Start a new version as a copy of the one in force."""
    _editors_only(request)
    version = current_version()
    if version is None:
        raise Http404
    draft = copy_version(version, by=person(request.user))
    messages.success(
        request, _("Version %(number)s is started as a copy. Nobody else sees it yet.") % {"number": draft.number}
    )
    return redirect("manage-framework:version", number=draft.number)


@require_safe
def framework_manage(request, number):
    """One version: what is written, who agreed, what still stops it."""
    _editors_only(request)
    version = get_object_or_404(FrameworkVersion.objects.visible_to(request.user), number=number)
    page = layout(version)
    agreements = {row.side: row for row in page.agreements}
    earlier = FrameworkVersion.objects.published().filter(number__lt=number).first()
    context = {
        "page": page,
        "version": version,
        "earlier": earlier,
        "changed": changed_slugs(page, layout(earlier)) if version.is_draft and earlier else set(),
        "moves": moves_for(version, person(request.user)),
        "profiles": version.profiles.all(),
        "sides": [_agreement_row(version, side, agreements) for side in Side.values],
    }
    return render(request, "framework/framework_manage.html", context)


def _agreement_row(version, side, agreements):
    agreement = agreements.get(side)
    changed = version.is_draft and agreement is not None and agreement.text_version != version.version
    return {"side": side, "label": SIDES[side], "agreement": agreement, "changed": changed}


@require_http_methods(["GET", "POST"])
def framework_behaviour_edit(request, number, slug):
    """All words of one behaviour, for both sides."""
    version = _draft(request, number)
    page = layout(version)
    place = page.find(slug)
    if place is None:
        raise Http404
    row = page.behaviours[place]
    form = BehaviourTextForm(
        request.POST or None,
        text=row.text,
        level_names={level.number: level.name for level in page.levels},
        initial=BehaviourTextForm.start_values(row, version.version),
    )
    if _saved(request, form, lambda seen: _save_behaviour(request, row, form, seen)):
        messages.success(request, _("“%(name)s” is saved in the draft.") % {"name": form.cleaned_data["short_name"]})
        return redirect("manage-framework:version", number=number)
    return render(request, "framework/framework_behaviour_edit.html", {"form": form, "version": version, "row": row})


def _save_behaviour(request, row, form, seen):
    text = BehaviourText.objects.select_related("version", "behaviour").get(pk=row.text.pk)
    save_behaviour_text(text, form.words(), by=person(request.user), seen=seen)


@require_http_methods(["GET", "POST"])
def framework_texts_edit(request, number):
    """Title, introduction, principles and levels."""
    version = _draft(request, number)
    start = {"seen": version.version, "title": version.title, "introduction": version.introduction}
    form = VersionTextsForm(request.POST or None, version=version, initial=start)
    if _saved(
        request, form, lambda seen: save_version_texts(version, form.words(), by=person(request.user), seen=seen)
    ):
        messages.success(request, _("The texts are saved in the draft."))
        return redirect("manage-framework:version", number=number)
    return render(request, "framework/framework_texts_edit.html", {"form": form, "version": version})


@require_http_methods(["GET", "POST"])
def framework_profile_edit(request, number, pk):
    """The expected levels of one family of jobs."""
    version = _draft(request, number)
    profile = get_object_or_404(RoleProfile.objects.select_related("version"), version=version, pk=pk)
    page = layout(version)
    form = ProfileForm(
        request.POST or None,
        profile=profile,
        texts=[row.text for row in page.behaviours],
        level_names={level.number: level.name for level in page.levels},
        initial={"seen": version.version},
    )
    if _saved(request, form, lambda seen: _save_profile(request, profile, form, seen)):
        messages.success(request, _("“%(name)s” is saved in the draft.") % {"name": form.cleaned_data["name"]})
        return redirect("manage-framework:version", number=number)
    context = {"form": form, "version": version, "profile": profile}
    return render(request, "framework/framework_profile_edit.html", context)


def _save_profile(request, profile, form, seen):
    save_profile(profile, form.cleaned_data["name"], form.levels(), by=person(request.user), seen=seen)


@require_http_methods(["GET", "POST"])
def framework_agreement(request, number, side):
    """Record that the sponsor of one side agreed to the text as it stands."""
    version = _draft(request, number)
    if side not in Side.values:
        raise Http404
    agreement = version.agreements.filter(side=side).first()
    form = AgreementForm(request.POST or None, initial=AgreementForm.start_values(agreement, version.version))
    if _saved(request, form, lambda seen: _save_agreement(request, version, side, form)):
        messages.success(request, _("The agreement of %(name)s is recorded.") % {"name": form.cleaned_data["name"]})
        return redirect("manage-framework:version", number=number)
    context = {"form": form, "version": version, "side": side}
    return render(request, "framework/framework_agreement.html", context)


def _save_agreement(request, version, side, form):
    record_agreement(version, side, by=person(request.user), **form.cleaned_data)


@require_POST
def framework_publish(request, number):
    """Publish the draft: from then on nobody can change it."""
    _editors_only(request)
    version = get_object_or_404(FrameworkVersion.objects.visible_to(request.user), number=number)
    move(version, "publish", by=person(request.user), seen=request.POST.get("seen") or None)
    messages.success(request, _("Published. Everybody now reads this version."))
    return redirect("manage-framework:version", number=number)
