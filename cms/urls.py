"""Every address of the site (DESIGN 8). Each app keeps its own list; Wagtail's catch-all comes last."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.views import account, files, health, manage, my_work, organisations
from people.urls import token_urls
from training.urls import (
    certificate_manage_urls,
    certificate_urls,
    extra_try_urls,
    feedback_urls,
    invitation_urls,
    learning_urls,
    need_urls,
    organisation_urls,
    participation_urls,
    proposal_manage_urls,
    proposal_urls,
    required_urls,
    session_day_urls,
    session_manage_urls,
    session_urls,
    venue_manage_urls,
    venue_urls,
    verify_urls,
)

handler400 = "cms.views.errors.bad_request"
handler403 = "cms.views.errors.permission_denied"
handler404 = "cms.views.errors.page_not_found"
handler500 = "cms.views.errors.server_error"

sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("my-work/", my_work.my_work, name="my-work"),
    path("account/", account.account, name="account"),
    path("account/tokens/", include(token_urls)),
    path("manage/", manage.manage, name="manage"),
    path("manage/policies/", manage.policies, name="policies"),
    path("manage/certificates/", include(certificate_manage_urls)),
    path("manage/sessions/", include(session_manage_urls)),
    path("manage/organisations/", include(organisation_urls)),
    path("manage/organisations/merge/", organisations.choose, name="organisation-merge"),
    path(
        "manage/organisations/merge/<int:gone_pk>/<int:kept_pk>/",
        organisations.merge_two,
        name="organisation-merge-two",
    ),
    path("manage/needs/", include(need_urls)),
    path("manage/tries/", include(extra_try_urls)),
    path("manage/sessions/", include(session_day_urls)),
    path("manage/proposals/", include(proposal_manage_urls)),
    path("sessions/", include(proposal_urls)),
    path("manage/venues/", include(venue_manage_urls)),
    path("venues/", include(venue_urls)),
    path("manage/required/", include(required_urls)),
    path("feedback/", include(feedback_urls)),
    path("manage/participation/", include(participation_urls)),
    path("learning/", include(learning_urls)),
    path("sessions/", include(session_urls)),
    path("invitations/", include(invitation_urls)),
    path("certificates/", include(certificate_urls)),
    path("verify/", include(verify_urls)),
    path("reviews/", include("appraisal.urls.reviews")),
    path("team/", include("appraisal.urls.team")),
    path("manage/cycles/", include("appraisal.urls.cycles")),
    path("manage/reviews/", include("appraisal.urls.administration")),
    path("manage/posts/", include("people.urls")),
    path("thanks/", include("appraisal.urls.thanks")),
    path("", include("appraisal.urls.evidence")),
    path("", include("partnerships.urls")),
    path("cms/login/", sign_in, name="wagtailadmin_login"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("allauth.urls")),
    path("api/v1/", include("cms.api")),
]

if settings.DEBUG:
    urlpatterns.append(path("dev/", include("cms.dev_urls")))

urlpatterns += [
    re_path(r"^media/(?P<path>.*)$", files.media, name="media"),
    path("", include(decorate_urlpatterns(wagtail_urls.urlpatterns, login_not_required))),
]
