"""What we expect of each other, and the register of partnerships, as the API shows them."""

from rest_framework import serializers

from partnerships.models import Engagement, FrameworkVersion, Partnership
from people.serializers import OrganisationSerializer, PersonSerializer


class SideWordsSerializer(serializers.Serializer):
    """What one side does at one level."""

    text = serializers.CharField()
    acts = serializers.ListField(child=serializers.CharField(), help_text="What it looks like.")


class LevelRowSerializer(serializers.Serializer):
    """One level of a behaviour, for both sides."""

    number = serializers.IntegerField(help_text="1 to 4. A place in an order, never a score.")
    name = serializers.CharField()
    staff = SideWordsSerializer()
    partner = SideWordsSerializer()


class BehaviourSerializer(serializers.Serializer):
    """One behaviour with all its words."""

    slug = serializers.CharField(help_text="Stays the same in every version.")
    name = serializers.CharField(source="text.name")
    short_name = serializers.CharField(source="text.short_name")
    definition = serializers.CharField(source="text.definition")
    why = serializers.CharField(source="text.why")
    principles = serializers.ListField(child=serializers.CharField())
    levels = LevelRowSerializer(many=True)
    obstacles = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="What gets in the way, by side."
    )


class PrincipleSerializer(serializers.Serializer):
    """One principle."""

    name = serializers.CharField()
    text = serializers.CharField()


class AgreementSerializer(serializers.Serializer):
    """Who agreed for one side, and when."""

    side = serializers.CharField(help_text="`staff` or `partner`.")
    name = serializers.CharField()
    role = serializers.CharField()
    organisation = serializers.CharField()
    agreed_on = serializers.DateField()


class VersionSerializer(serializers.ModelSerializer):
    """A version, by number."""

    class Meta:
        model = FrameworkVersion
        fields = ["number", "title", "state", "published_on"]


class FrameworkSerializer(serializers.Serializer):
    """A whole version."""

    number = serializers.IntegerField(source="version.number")
    title = serializers.CharField(source="version.title")
    state = serializers.CharField(source="version.state", help_text="`draft` or `published`.")
    published_on = serializers.DateField(source="version.published_on", allow_null=True)
    introduction = serializers.CharField(source="version.introduction")
    principles = PrincipleSerializer(many=True)
    behaviours = BehaviourSerializer(many=True)
    agreements = AgreementSerializer(many=True)


class PartnershipSerializer(serializers.ModelSerializer):
    """A partnership in the register."""

    organisations = serializers.SerializerMethodField()

    class Meta:
        model = Partnership
        fields = ["name", "slug", "purpose", "started_on", "organisations"]

    def get_organisations(self, partnership) -> list[str]:
        """Names of the bodies and groups that take part."""
        return [row.organisation.name for row in partnership.organisations.all()]


class EngagementSerializer(serializers.ModelSerializer):
    """Something that was done together."""

    class Meta:
        model = Engagement
        fields = ["id", "title", "happened_on", "place"]


class MemberSerializer(serializers.Serializer):
    """An organisation in a partnership, or one of its people."""

    organisation = OrganisationSerializer()
    brings = serializers.CharField()
    person = PersonSerializer(allow_null=True, help_text="Null where nobody is named for the organisation yet.")
    role = serializers.CharField()


class PartnershipPageSerializer(serializers.ModelSerializer):
    """A partnership with who is in it and what was done."""

    lead = PersonSerializer(allow_null=True)
    co_lead = PersonSerializer(allow_null=True)
    members = serializers.SerializerMethodField()
    engagements = EngagementSerializer(many=True)

    class Meta:
        model = Partnership
        fields = ["name", "slug", "purpose", "started_on", "lead", "co_lead", "members", "engagements"]

    def get_members(self, partnership) -> MemberSerializer(many=True):
        """Organisations with their people, the host body first."""
        rows = [
            {
                "organisation": organisation,
                "brings": brings,
                "person": row.person if row else None,
                "role": row.role if row else "",
            }
            for organisation, brings, row in partnership.member_rows()
        ]
        return MemberSerializer(rows, many=True, context=self.context).data
