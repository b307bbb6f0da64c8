"""The numbers that lead to the other pages of a list."""

from django import template

register = template.Library()


@register.filter
def numbers_shown(page):
    """First, last and the neighbours of this page; None where some are left out. Not a loop over all of them."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [None if number == page.paginator.ELLIPSIS else number for number in numbers]
