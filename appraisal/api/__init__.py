"""Examples, requests, reviews and teams in the API, one module a subject. cms/api.py mounts them."""

from appraisal.api.asked import AskedViewSet
from appraisal.api.examples import ExampleViewSet
from appraisal.api.requests import RequestViewSet

__all__ = ["AskedViewSet", "ExampleViewSet", "RequestViewSet"]
