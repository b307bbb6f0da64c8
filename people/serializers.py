"""People and organisations as the API shows them. Addresses of others are never shown, only one's own."""

from rest_framework import serializers

from people.models import Affiliation, Organisation, Post, User


class PersonSerializer(serializers.ModelSerializer):
    """Somebody, by name. The number stays the same; it opens nothing by itself."""

    class Meta:
        model = User
        fields = ["id", "name"]


class OrganisationSerializer(serializers.ModelSerializer):
    """A body or group that takes part."""

    class Meta:
        model = Organisation
        fields = ["id", "name", "slug", "sector", "is_host"]
        extra_kwargs = {"is_host": {"help_text": "True for the public body that runs this site."}}


class OwnPostSerializer(serializers.ModelSerializer):
    """A post that somebody holds today."""

    team = serializers.CharField(source="team.name")
    line_manager = PersonSerializer(allow_null=True)

    class Meta:
        model = Post
        fields = ["title", "team", "line_manager", "starts_on"]


class OwnAffiliationSerializer(serializers.ModelSerializer):
    """An organisation that somebody acts for today."""

    organisation = OrganisationSerializer()

    class Meta:
        model = Affiliation
        fields = ["organisation", "role", "starts_on"]


class MeSerializer(serializers.ModelSerializer):
    """Whoever is calling."""

    roles = serializers.ListField(child=serializers.CharField(), help_text="Names of the groups one is in.")
    posts = OwnPostSerializer(many=True, source="current_posts")
    affiliations = OwnAffiliationSerializer(many=True, source="current_affiliations")

    class Meta:
        model = User
        fields = ["id", "name", "email", "roles", "posts", "affiliations"]
