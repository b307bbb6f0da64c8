"""The people of the demo: who they are, where they work, whom they come for. Dates follow the day of loading."""

import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from cms.cast import CAST, COLLEAGUES, PASSWORD
from cms.demo.days import before, review_year
from partnerships.models import Engagement, Partnership, PartnershipOrganisation, PartnershipPerson
from people.enums import OrganisationSize, Role, Sector
from people.models import Affiliation, Identity, JobFamily, Organisation, Post, Team, User

HOST = "Scottish Rivers Authority"
CARERS, UNION, COUNCIL, FARMS = (
    "Varrach Carers' Voice",
    "Union of Care Trades",
    "Varrach Council",
    "Varrach Farms Together",
)
TWICE = "Farms Together, Varrach"  # the same farms under another name: for a co-ordinator to merge
ORGANISATIONS = (
    (HOST, "scottish-rivers-authority", Sector.PUBLIC_BODY, OrganisationSize.VERY_LARGE),
    (CARERS, "varrach-carers-voice", Sector.THIRD_SECTOR, OrganisationSize.SMALL),
    (UNION, "union-of-care-trades", Sector.UNION, OrganisationSize.LARGE),
    (COUNCIL, "varrach-council", Sector.COUNCIL, OrganisationSize.VERY_LARGE),
    (FARMS, "varrach-farms-together", Sector.BUSINESS, OrganisationSize.MEDIUM),
    (TWICE, "farms-together-varrach", Sector.BUSINESS, ""),
)
ROLES = {"coordinator": (Role.COORDINATOR,), "hr": (Role.HR,), "editor": (Role.EDITOR, Role.MODERATOR)}
# who: (job title, team, line manager, job family)
POSTS = {
    "staff": ("Catchment officer", "Varrach catchment", "manager", "catchment-officer"),
    "manager": ("Catchment manager", "Varrach catchment", "countersigner", "line-manager"),
    "isla.munro": ("Field officer, gauges", "Varrach catchment", "manager", "catchment-officer"),
    "callum.drever": ("Field officer, stores and barriers", "Varrach catchment", "manager", "catchment-officer"),
    "rory.tulloch": ("Field officer, lower river", "Varrach catchment", "manager", "catchment-officer"),
    "eilidh.baird": ("Field officer, homes and schools", "Varrach catchment", "manager", "catchment-officer"),
    "countersigner": ("Head of flood warning", "Flood warning", "catriona.weir", "senior-leader"),
    "catriona.weir": ("Chief executive", "Board and chief executive", "una.drummond", "senior-leader"),
    "una.drummond": ("Chair of the board", "Board and chief executive", None, "senior-leader"),
    "coordinator": ("Training co-ordinator", "People and learning", "countersigner", "co-ordinator"),
    "hr": ("Appraisal administrator", "People and learning", "countersigner", "customer-and-support"),
    "editor": ("Content editor", "People and learning", "coordinator", "customer-and-support"),
    "lead": ("Partnership lead", "Flood warning", "countersigner", "co-ordinator"),
}
NEWCOMERS = ("callum.drever", "eilidh.baird")  # since the review year began; last year they had no review here
AFFILIATIONS = {"partner": (CARERS, "Chair"), "union": (UNION, "Regional organiser")}
PARTNERSHIP = "Varrach Flood Warning Group"
PURPOSE = (
    "To get a flood warning to everyone who needs help to leave home, in time for somebody to reach them: "
    "carers and the people they look after, home-care workers on their rounds, farms and the council."
)
BRINGS = (
    (HOST, "River levels, warnings and an officer who answers the telephone"),
    (CARERS, "Knows who cannot leave the house alone, and at what hour help comes"),
    (UNION, "Home-care workers who know which roads close first"),
    (COUNCIL, "The rest centre, the low road and the night duty desk"),
    (FARMS, "Eyes on the bank, tractors, and the old map of the mill lade"),
)
ENGAGEMENTS = (
    (24, "Evening call with carers about the call list", "By telephone"),
    (47, "Quarterly meeting", "Varrach village hall"),
    (74, "Walk along the low fields", "Varrach Water"),
    (96, "Evening at the flood store", "Old fire station, Varrach"),
    (131, "First test of the text warnings", "Online"),
)


def email(who: str) -> str:
    return f"{who}@example.org"


def load_people() -> dict[str, User]:
    """Everyone of the demo by the first part of their address; people who are there stay as they are."""
    identity = Identity.load()
    if identity.organisation_name != HOST:
        identity.organisation_name = HOST
        identity.save()
    people = {member.email.split("@")[0]: _person(member) for member in (*CAST, *COLLEAGUES)}
    for who, roles in ROLES.items():
        people[who].groups.set(Group.objects.filter(name__in=[role.value for role in roles]))
    _load_organisations(people)
    _load_posts(people)
    return people


def _person(member) -> User:
    user = User.objects.filter(email=member.email).first()
    if user is None:
        user = User.objects.create_user(member.email, PASSWORD, name=member.name)
    EmailAddress.objects.get_or_create(user=user, email=member.email, defaults={"verified": True, "primary": True})
    return user


def _load_organisations(people) -> None:
    for name, slug, sector, size in ORGANISATIONS:
        values = {"name": name, "sector": sector, "size": size, "is_host": name == HOST}
        Organisation.everything.get_or_create(slug=slug, defaults=values)
    for who, (organisation, role) in AFFILIATIONS.items():
        Affiliation.objects.get_or_create(
            person=people[who],
            organisation=Organisation.objects.named(organisation),
            defaults={"role": role, "starts_on": _long_ago()},
        )


def _load_posts(people) -> None:
    for who, (title, team, manager, family) in POSTS.items():
        post, _made = Post.objects.get_or_create(
            person=people[who],
            title=title,
            defaults={
                "team": Team.objects.get_or_create(name=team)[0],
                "job_family": JobFamily.objects.filter(code=family).first(),
                "starts_on": review_year().first if who in NEWCOMERS else _long_ago(),
            },
        )
        if manager and post.line_manager_id is None:  # Fergus had none in an earlier demo
            post.line_manager = people[manager]
            post.save()


def _long_ago() -> datetime.date:
    """Before last year's reviews looked at anything."""
    return review_year().before.first - datetime.timedelta(days=400)


def load_partnership(people) -> Partnership:
    """The flood warning group, its members, and what they did together."""
    group, _made = Partnership.objects.get_or_create(
        slug="varrach-flood-warning-group",
        defaults={
            "name": PARTNERSHIP,
            "purpose": PURPOSE,
            "lead": people["lead"],
            "co_lead": people["partner"],
            "started_on": review_year().before.first - datetime.timedelta(days=200),
        },
    )
    organisations = {row.name: row.merged_into or row for row in Organisation.everything.all()}
    for name, brings in BRINGS:
        PartnershipOrganisation.objects.get_or_create(
            partnership=group, organisation=organisations[name], defaults={"brings": brings}
        )
    for who, organisation in (
        ("staff", HOST),
        ("manager", HOST),
        ("isla.munro", HOST),
        ("callum.drever", HOST),
        ("rory.tulloch", HOST),
        ("eilidh.baird", HOST),
        ("lead", HOST),
        ("partner", CARERS),
        ("union", UNION),
    ):
        role = AFFILIATIONS[who][1] if who in AFFILIATIONS else POSTS[who][0]
        PartnershipPerson.objects.get_or_create(
            partnership=group, person=people[who], organisation=organisations[organisation], defaults={"role": role}
        )
    for days, title, place in ENGAGEMENTS:
        Engagement.objects.get_or_create(
            partnership=group,
            title=title,
            defaults={"happened_on": before(days), "place": place},
        )
    return group
