"""Every address of the API (DESIGN 8), collected from the apps, and what describes them."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from partnerships.api import CurrentFrameworkView, FrameworkViewSet, PartnershipViewSet
from people.api import MeView, OrganisationViewSet

router = SimpleRouter(use_regex_path=False)
router.register("framework", FrameworkViewSet, "framework")
router.register("partnerships", PartnershipViewSet, "partnership")
router.register("organisations", OrganisationViewSet, "organisation")

read = {"get": "retrieve"}
resources = [
    path("me/", MeView.as_view(read), name="me"),
    path("framework/current/", CurrentFrameworkView.as_view(read), name="framework-current"),
    *router.urls,
]

described = [path("api/v1/", include(resources))]  # without Wagtail's own API, which has its own reader

app_name = "api"
urlpatterns = [
    *resources,
    path("schema/", SpectacularAPIView.as_view(patterns=described), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"),
]
