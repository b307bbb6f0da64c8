"""How good practice and training point to each other: by the behaviours both name. Composed here, in the roof only."""

from cms.models import PracticeCasePage
from training.models import ModulePage


def modules_for_case(case, limit: int = 5) -> list:
    """Live modules that practise a behaviour of this case, by title."""
    ids = [behaviour.pk for behaviour in case.behaviours.all()]
    return list(ModulePage.objects.live().filter(behaviours__in=ids).distinct().order_by("title")[:limit])


def cases_for_module(module, limit: int = 3) -> list:
    """Live cases that show a behaviour of this module, the newest first."""
    ids = [behaviour.pk for behaviour in module.behaviours.all()]
    return list(PracticeCasePage.objects.of_behaviours(ids)[:limit])
