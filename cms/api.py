"""Every address of the API (DESIGN 8), collected from the apps, and what describes them."""

from functools import cache

from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import IsAuthenticated
from rest_framework.routers import SimpleRouter

from appraisal import api as appraisal
from cms.my_work_api import MyWorkView
from partnerships.api import CurrentFrameworkView, FrameworkViewSet, PartnershipViewSet
from people.api import MeView, OrganisationViewSet
from people.rest.views import Guarded
from training.api.attendance import AttendanceViewSet, ParticipationView, RoomView
from training.api.certificates import CertificateViewSet, VerifyViewSet
from training.api.check import CheckView, PaperViewSet, ResultView
from training.api.getting_ready import GettingReadyView, NeedViewSet
from training.api.modules import ModuleViewSet, UnitViewSet
from training.api.record import LearningRecordView, RequiredLearningView
from training.api.sessions import PlaceViewSet, SessionViewSet

router = SimpleRouter(use_regex_path=False)
router.register("framework", FrameworkViewSet, "framework")
router.register("partnerships", PartnershipViewSet, "partnership")
router.register("organisations", OrganisationViewSet, "organisation")
router.register("modules", ModuleViewSet, "module")
router.register("modules/<slug:module>/units", UnitViewSet, "unit")
router.register("modules/<slug:module>/check/papers", PaperViewSet, "paper")
router.register("certificates", CertificateViewSet, "certificate")
router.register("verify", VerifyViewSet, "verify")
router.register("sessions", SessionViewSet, "session")
router.register("places", PlaceViewSet, "place")
router.register("access-needs", NeedViewSet, "access-need")
for prefix, viewset, name in appraisal.VIEWSETS:
    router.register(prefix, viewset, name)

DATE = "sessions/<int:session>/dates/<int:date>"
read = {"get": "retrieve"}
say = {"get": "retrieve", "patch": "partial_update"}
mark = {"get": "list", "patch": "partial_update"}
resources = [
    path("me/", MeView.as_view(read), name="me"),
    path("me/work/", MyWorkView.as_view(read), name="my-work"),
    path("framework/current/", CurrentFrameworkView.as_view(read), name="framework-current"),
    path("modules/<slug:module>/check/", CheckView.as_view(read), name="check"),
    path("modules/<slug:module>/check/result/", ResultView.as_view(read), name="check-result"),
    path("places/<int:pk>/getting-ready/", GettingReadyView.as_view(say), name="getting-ready"),
    path("places/<int:pk>/access-needs/", GettingReadyView.as_view({"post": "create"}), name="access-need-ask"),
    path(f"{DATE}/attendance/", AttendanceViewSet.as_view(mark), name="attendance"),
    path(f"{DATE}/everyone/", AttendanceViewSet.as_view({"post": "everyone"}), name="everyone"),
    path(f"{DATE}/walk-ins/", AttendanceViewSet.as_view({"post": "walk_ins"}), name="walk-ins"),
    path("sessions/<int:session>/participation/", RoomView.as_view(read), name="participation-session"),
    path("participation/", ParticipationView.as_view(read), name="participation"),
    path("learning-record/", LearningRecordView.as_view(read), name="learning-record"),
    path("required-learning/", RequiredLearningView.as_view(read), name="required-learning"),
    *router.urls,
    *appraisal.PATHS,
]

described = [path("api/v1/", include(resources))]  # without Wagtail's own API, which has its own reader


@cache
def _description() -> dict:
    return SchemaGenerator(patterns=described).get_schema(request=None, public=True)


class MadeOnce(SchemaGenerator):
    """The description, made once a process: it is the same for everybody and takes half a second."""

    def get_schema(self, request=None, public=False):
        """As it was made."""
        return _description()


class Description(Guarded, SpectacularAPIView):
    """The description of the API for programs (OpenAPI 3.1), for whoever may call it."""

    permission_classes = [IsAuthenticated]
    generator_class = MadeOnce


@csrf_exempt  # it does nothing, and says so in JSON to whatever is sent
@login_not_required
def nowhere(request):
    """No operation has this address. Without it the pages of the site would answer, in HTML."""
    raise Http404


app_name = "api"
urlpatterns = [
    *resources,
    path("schema/", Description.as_view(patterns=described), name="schema"),
    path("docs/", login_required(SpectacularSwaggerSplitView.as_view(url_name="api:schema")), name="docs"),
    re_path("", nowhere, name="nowhere"),
]
