"""People and organisations in the API."""

from drf_spectacular.utils import extend_schema

from people.enums import ApiArea
from people.models import Organisation
from people.rest.views import Listed, Read, Resource
from people.serializers import MeSerializer, OrganisationSerializer


class MeView(Resource):
    """Whoever is calling."""

    area = ApiArea.ME
    serializer_class = MeSerializer
    pagination_class = None

    @extend_schema(operation_id="me")
    def retrieve(self, request, *args, **kwargs):
        """Who I am

        Name and address, roles, current posts, and the organisations one comes for.
        """
        person = request.user
        person.roles = sorted(person.role_names)
        person.current_posts = person.posts.current().select_related("team", "line_manager").order_by("pk")
        person.current_affiliations = person.affiliations.current().select_related("organisation")
        return self.shown(person)


class OrganisationViewSet(Listed, Read, Resource):
    """Bodies and groups that take part."""

    area = ApiArea.PARTNERSHIPS
    serializer_class = OrganisationSerializer
    list_order = ("name", "pk")

    def get_queryset(self):
        """All of them: who acts for one is shown only inside a partnership."""
        return Organisation.objects.all()

    @extend_schema(operation_id="organisations_list")
    def list(self, request, *args, **kwargs):
        """Organisations

        By name. People are not listed here: whoever belongs to a partnership is named in it.
        """
        return super().list(request, *args, **kwargs)

    @extend_schema(operation_id="organisations_read")
    def retrieve(self, request, *args, **kwargs):
        """One organisation"""
        return super().retrieve(request, *args, **kwargs)
