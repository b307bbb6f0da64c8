"""Good practice on other apps' pages: their templates ask for it here, so that their code need not know this app."""

from django import template

from cms.practice import cases_for_module

register = template.Library()


@register.inclusion_tag("cms/_cases.html")
def good_practice_for(module):
    """A card with the live cases that show what a module is about; nothing when there is none."""
    return {"cases": cases_for_module(module)}
