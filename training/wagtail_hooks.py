"""What learning registers with Wagtail. Hooks only register and answer; what is in use is asked of progress.py."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks

from training.progress import have_people_started


@hooks.register("before_delete_page")
def unpublish_instead(request, page):
    """A page that people's learning rests on is unpublished, never deleted."""
    if not have_people_started([page]):
        return None
    messages.error(request, _sentence(page))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def unpublish_many_instead(request, action_type, objects, action_class_instance):
    """The same for several pages at once."""
    if action_type != "delete":
        return None
    started = [page for page in objects if hasattr(page, "path") and have_people_started([page])]
    if not started:
        return None
    for page in started:
        messages.error(request, _sentence(page))
    return redirect("wagtailadmin_explore", started[0].get_parent().pk)


def _sentence(page):
    return _(
        "People have started “%(title)s”, so it cannot be deleted. Unpublish it instead: what they earned stays."
    ) % {"title": page.title}
