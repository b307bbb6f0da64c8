"""Completions and certificates for tests, issued as in life but without walking through a module."""

import datetime

from django.utils import timezone
from wagtail.models import Page

from partnerships.models import Behaviour
from people.transitions import SYSTEM
from training.certificates import issue_for_completion
from training.models import Certificate, Completion, ModulePage, ModuleStart


def a_module(title: str = "Why we work in partnership", **values) -> ModulePage:
    """A live module without units."""
    slug = f"module-{ModulePage.objects.count() + 1}"
    module = ModulePage(title=title, slug=slug, summary="What makes it work.", **values)
    return Page.get_first_root_node().add_child(instance=module)


def a_completion(person, module: ModulePage | None = None, *, at: datetime.datetime | None = None) -> Completion:
    """Somebody has completed a module."""
    module = module or a_module()
    start = ModuleStart.objects.create(
        person=person, module=module, rule=module.completion_rule, edition=module.edition
    )
    values = {"edition": module.edition, "title": module.title, "minutes": module.minutes}
    return Completion.objects.create(start=start, at=at or timezone.now(), **values)


def a_certificate(
    person, *, behaviours: tuple[str, ...] = (), title: str = "Why we work in partnership", **values
) -> Certificate:
    """A certificate that was issued; `values` are written over it afterwards."""
    module = a_module(title)
    module.behaviours.set(Behaviour.objects.filter(code__in=behaviours))
    module.save()
    certificate = issue_for_completion(a_completion(person, module), by=SYSTEM)
    if values:
        Certificate.objects.filter(pk=certificate.pk).update(**values)
        certificate.refresh_from_db()
    return certificate
