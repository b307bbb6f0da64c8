"""Pages of the roof: home, standard pages and good practice. Module and unit pages live in training/."""

from cms.models.practice import PracticeCasePage, PracticeIndexPage
from cms.models.standard import HomePage, StandardPage

__all__ = ["HomePage", "PracticeCasePage", "PracticeIndexPage", "StandardPage"]
