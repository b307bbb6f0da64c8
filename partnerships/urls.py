"""Addresses of the framework, its editing, and the partnerships. Slugs of behaviours come after reserved words."""

from django.urls import include, path

from partnerships.views import framework, look, manage, partnership, partnership_edit

framework_urls = (
    [
        path("", framework.framework_detail, name="detail"),
        path("my-look/", look.my_look, name="my-look"),
        path("my-look/delete/", look.my_look_delete, name="my-look-delete"),
        path("versions/<int:number>/", framework.framework_version, name="version"),
        path("<slug:slug>/", framework.framework_behaviour, name="behaviour"),
    ],
    "framework",
)
framework_manage_urls = (
    [
        path("", manage.framework_versions, name="list"),
        path("start/", manage.framework_start, name="start"),
        path("<int:number>/", manage.framework_manage, name="version"),
        path("<int:number>/texts/", manage.framework_texts_edit, name="texts"),
        path("<int:number>/behaviours/<slug:slug>/", manage.framework_behaviour_edit, name="behaviour"),
        path("<int:number>/roles/<int:pk>/", manage.framework_profile_edit, name="profile"),
        path("<int:number>/agreement/<slug:side>/", manage.framework_agreement, name="agreement"),
        path("<int:number>/publish/", manage.framework_publish, name="publish"),
    ],
    "manage-framework",
)
partnership_manage_urls = (
    [
        path("add/", partnership_edit.partnership_add, name="add"),
        path("<slug:slug>/", partnership_edit.partnership_edit, name="edit"),
    ],
    "manage-partnerships",
)
partnership_urls = (
    [
        path("", partnership.partnership_list, name="list"),
        path("<slug:slug>/", partnership.partnership_detail, name="detail"),
    ],
    "partnerships",
)

urlpatterns = [
    path("framework/", include(framework_urls)),
    path("manage/framework/", include(framework_manage_urls)),
    path("manage/partnerships/", include(partnership_manage_urls)),
    path("partnerships/", include(partnership_urls)),
]
