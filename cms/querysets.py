"""Sets of the roof's own pages. Fields are named by string; models are not imported."""

from wagtail.query import PageQuerySet


class PracticeCaseQuerySet(PageQuerySet):
    """Good-practice cases."""

    def for_library(self, *, under, behaviour=""):
        """Live cases of a library, newest first, optionally of one behaviour (by its address part)."""
        cases = self.live().child_of(under).order_by("-year", "title")
        return cases.filter(behaviours__slug=behaviour) if behaviour else cases

    def of_behaviours(self, ids):
        """Live cases that share a behaviour, each once."""
        return self.live().filter(behaviours__in=ids).distinct().order_by("-year", "title")
