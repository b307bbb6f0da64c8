"""So many rows for a list, written at once. Each builder takes the cast and a number; some return an address part."""

import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, OuterRef, Subquery, prefetch_related_objects
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Locale, Page, Revision, Site

from appraisal.enums import ConfirmationState
from appraisal.models import EvidenceConfirmation, EvidenceEntry, EvidenceReply
from cms.models import HomePage, PracticeCasePage, PracticeIndexPage
from partnerships.framework import current_version
from partnerships.layout import layout
from partnerships.models import (
    Behaviour,
    BehaviourText,
    Engagement,
    FrameworkVersion,
    LevelText,
    Partnership,
    PartnershipOrganisation,
    PartnershipPerson,
    ProficiencyLevel,
    ProfileItem,
    RoleProfile,
)
from people.enums import Sector, Side
from people.models import (
    Affiliation,
    AuditEvent,
    JobFamily,
    ManagerCover,
    Organisation,
    OutgoingMail,
    PolicyValue,
    Post,
    Team,
    User,
)
from people.policy import POLICIES
from tests.factories.session_days import over, said
from tests.factories.sessions import begin, draft_session, invited, session_of
from tests.factories.training import make_module
from training.afterwards.attendance import mark_everyone
from training.booking.links import open_link, token_of
from training.enums import CompletionRule, NeedState, PlaceState
from training.models import (
    AccessNeed,
    Certificate,
    CheckAttempt,
    Completion,
    FeedbackLoopItem,
    JointSession,
    ModulePage,
    ModuleStart,
    OrganisationName,
    Place,
    RequiredUnit,
    SessionDate,
    SessionInvitation,
    SessionPaper,
    UnitFinish,
    UnitPage,
    Venue,
)

DAY = datetime.date(2026, 3, 2)
HOUR = datetime.timedelta(hours=1)


# --- Pages ---------------------------------------------------------------------------------------------------------


def many_pages(parent, model, count, **values):
    """Live pages under a parent. Django writes no table with a parent table at once, so each table has its turn."""
    kind, locale = ContentType.objects.get_for_model(model), Locale.get_default()
    first = parent.get_children().count()
    pages = []
    for number in range(first, first + count):
        slug = f"{model.__name__.lower()}-{number}"
        page = model(title=f"Title {number}", draft_title=f"Title {number}", slug=slug, **values)
        page.path, page.depth = Page._get_path(parent.path, parent.depth + 1, number + 1), parent.depth + 1
        page.url_path, page.content_type, page.locale = f"{parent.url_path}{slug}/", kind, locale
        pages.append(page)
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    written = Page.objects.bulk_create([Page(**{name: getattr(page, name) for name in names}) for page in pages])
    for page, row in zip(pages, written, strict=True):
        page.pk = page.page_ptr_id = row.pk
    if pages:
        model.objects.all()._batched_insert(pages, model._meta.local_concrete_fields, batch_size=None)
    Page.objects.filter(pk=parent.pk).update(numchild=first + count)
    parent.refresh_from_db()
    return pages


def _tagged(pages):
    """The pages, all of one behaviour."""
    behaviour = Behaviour.objects.get_or_create(code="PB1", defaults={"slug": "involve-early"})[0]
    through = type(pages[0]).behaviours.through
    field = through._meta.get_fields()[1].attname
    through.objects.bulk_create(
        (through(**{field: page.pk, "behaviour_id": behaviour.pk}) for page in pages), ignore_conflicts=True
    )
    return pages


def modules(cast, count):
    """Modules in the catalogue, one of them with units."""
    first = make_module("first", units=1)
    return _tagged([first, *many_pages(first.get_parent(), ModulePage, count - 1, summary="About it")])


def begun_modules(cast, count):
    """Modules that Ailsa has begun, the half of them completed."""
    starts = ModuleStart.objects.bulk_create(
        ModuleStart(person=cast.ailsa, module=module, rule=module.completion_rule, edition=1)
        for module in modules(cast, count)
    )
    Completion.objects.bulk_create(
        Completion(start=start, edition=1, title="Done", minutes=40) for start in starts[: len(starts) // 2]
    )


def long_module(cast, count, *, finished=1, rule=CompletionRule.UNITS, **values):
    """One module of many units, begun by Ailsa, who has finished some of them."""
    module = make_module("long", units=1, rule=rule, **values)
    many_pages(module, UnitPage, count - 1, aim="Know it")
    units = list(UnitPage.objects.child_of(module))
    start = ModuleStart.objects.create(person=cast.ailsa, module=module, rule=rule, edition=1)
    RequiredUnit.objects.bulk_create(
        RequiredUnit(start=start, unit=unit, position=number, title=unit.title) for number, unit in enumerate(units)
    )
    UnitFinish.objects.bulk_create(UnitFinish(start=start, unit=unit, edition=1) for unit in units[:finished])
    return start


def long_module_unfinished(cast, count):
    """The same with nothing finished, and one unit more that stays so."""
    long_module(cast, count + 1, finished=0)


def nearly_done(cast, count):
    """A module of many units, all finished but the first."""
    start = long_module(cast, count, finished=count)
    UnitFinish.objects.filter(start=start).order_by("unit__path").first().delete()


def check_before(cast, count):
    """A module with a check of many questions, whose units are finished."""
    return long_module(cast, 1, rule=CompletionRule.UNITS_AND_CHECK, questions=count, pass_mark=1)


def check_open(cast, count):
    """The same with the paper handed out."""
    start = check_before(cast, count)
    CheckAttempt.objects.create(start=start, number=1, paper=start.module.check_paper())
    return start


def check_done(cast, count):
    """The same with the paper handed in."""
    check_open(cast, count)
    CheckAttempt.objects.update(submitted_at=timezone.now(), score=0, passed=False)


def used_tries(cast, count):
    """A module with a check, at which many people have used their one try."""
    module = make_module("hard", units=1, rule=CompletionRule.UNITS_AND_CHECK, questions=1, pass_mark=1, tries=1)
    people = User.objects.bulk_create(
        User(email=f"t{number}@example.org", name=f"Person {number:03}") for number in range(count)
    )
    starts = ModuleStart.objects.bulk_create(
        ModuleStart(person=person, module=module, rule=module.completion_rule, edition=1) for person in people
    )
    paper, marked = module.check_paper(), {"submitted_at": timezone.now(), "score": 0, "passed": False}
    CheckAttempt.objects.bulk_create(CheckAttempt(start=start, number=1, paper=paper, **marked) for start in starts)


def answers(count):
    """Right answers to so many questions, as a form sends them."""
    return {"attempt": "1"} | {f"q-long-c{number}": "a" for number in range(1, count + 1)}


def certificates(cast, count):
    """Certificates of Ailsa; returns the code of one."""
    rows = Certificate.objects.bulk_create(
        Certificate(
            state="issued",
            holder=cast.ailsa,
            holder_name=cast.ailsa.name,
            title=f"Module {number}",
            issuer="Scottish Rivers Authority",
            completed_on=DAY,
            expires_on=datetime.date(2029, 3, 2),
        )
        for number in range(count)
    )
    return rows[0].code


# --- Good practice -------------------------------------------------------------------------------------------------


def cases(cast, count):
    """A library of good practice."""
    home = HomePage(title="Common Ground", slug="common-ground", lead="Lead", sections=[])
    Page.get_first_root_node().add_child(instance=home)
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    library = home.add_child(instance=PracticeIndexPage(title="Good practice", slug="good-practice"))
    return _tagged(many_pages(library, PracticeCasePage, count, summary="In short", problem="<p>Nobody asked.</p>"))


def unpublished_cases(cast, count):
    """Cases that Senga has begun to change."""
    pages = cases(cast, count)
    kind, now = ContentType.objects.get_for_model(Page), timezone.now()
    Revision.objects.bulk_create(
        Revision(
            content_type=page.content_type,
            base_content_type=kind,
            object_id=str(page.pk),
            created_at=now,
            user=cast.senga,
            content={},
        )
        for page in pages
    )
    of_page = Revision.objects.filter(object_id=Cast(OuterRef("pk"), CharField())).values("pk")[:1]
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        latest_revision_id=Subquery(of_page), has_unpublished_changes=True, latest_revision_created_at=now
    )


def modules_beside_a_case(cast, count):
    """One case, and modules about the same behaviour."""
    cases(cast, 1)
    modules(cast, count)


def cases_beside_a_module(cast, count):
    """One module, and cases about the same behaviour."""
    cases(cast, count)
    modules(cast, 1)


# --- People and partnerships ---------------------------------------------------------------------------------------


def _organisations(count):
    return Organisation.objects.bulk_create(
        Organisation(name=f"Organisation {number:03}", slug=f"o-{number}", sector="community")
        for number in range(count)
    )


def partnerships(cast, count):
    """Partnerships that Ailsa belongs to, each with another organisation."""
    groups = Partnership.objects.bulk_create(
        Partnership(name=f"Group {number:03}", slug=f"group-{number}", purpose="Together.", lead=cast.donald)
        for number in range(count)
    )
    PartnershipOrganisation.objects.bulk_create(
        PartnershipOrganisation(partnership=group, organisation=organisation)
        for group, organisation in zip(groups, _organisations(count), strict=True)
    )
    PartnershipPerson.objects.bulk_create(
        PartnershipPerson(partnership=group, person=cast.ailsa, organisation=cast.host) for group in groups
    )
    return groups


def merged(cast, count):
    """So many organisations that went into the union, as many pairs that look alike, and what one of them has."""
    gone = _organisations(count)
    Organisation.everything.filter(pk__in=[row.pk for row in gone]).update(
        merged_into=cast.union, merged_at=timezone.now()
    )
    AuditEvent.objects.bulk_create(
        AuditEvent(
            record_type="people.organisation", record_id=row.pk, move="merge", actor_kind="person", reason="x: y"
        )
        for row in gone
    )
    words = [f"circle {number:03} knitters" for number in range(count)]
    Organisation.objects.bulk_create(
        Organisation(name=name, slug=f"alike-{number}-{side}", sector=Sector.COMMUNITY)
        for number, word in enumerate(words)
        for side, name in enumerate((word, " ".join(reversed(word.split()))))
    )
    one = Organisation.objects.get(slug="alike-0-0")
    Venue.objects.bulk_create(Venue(name=f"Hall {n}", address="Shore Road", host=one) for n in range(count))
    return f"{one.pk}/{cast.union.pk}"


def big_partnership(cast, count):
    """One partnership of many organisations, people and days together."""
    group = Partnership.objects.create(name="Big", slug="big", purpose="Together.", lead=cast.donald)
    people = User.objects.bulk_create(
        User(email=f"p{number}@example.org", name=f"Person {number:03}") for number in range(count)
    )
    organisations = _organisations(count)
    PartnershipOrganisation.objects.bulk_create(
        PartnershipOrganisation(partnership=group, organisation=organisation) for organisation in organisations
    )
    PartnershipPerson.objects.bulk_create(
        PartnershipPerson(partnership=group, person=person, organisation=organisation)
        for person, organisation in zip(people, organisations, strict=True)
    )
    Engagement.objects.bulk_create(
        Engagement(partnership=group, title=f"Day {number}", happened_on=DAY) for number in range(count)
    )
    return group


def posts(cast, count):
    """Posts and affiliations of Ailsa."""
    teams = Team.objects.bulk_create(Team(name=f"Team {number}") for number in range(count))
    Post.objects.bulk_create(
        Post(person=cast.ailsa, team=team, line_manager=cast.morag, title="Officer", starts_on=DAY) for team in teams
    )
    Affiliation.objects.bulk_create(
        Affiliation(person=cast.ailsa, organisation=organisation, starts_on=DAY)
        for organisation in _organisations(count)
    )


def staff(cast, count):
    """So many people, each with a post of their own in a team of their own; returns the key of Ailsa's post."""
    people = User.objects.bulk_create(
        User(email=f"officer-{number}@example.org", name=f"Officer {number}", password="!") for number in range(count)
    )
    teams = Team.objects.bulk_create(Team(name=f"Team {number}") for number in range(count))
    family = JobFamily.objects.get(code="catchment-officer")
    managers = [cast.morag, *people]
    Post.objects.bulk_create(
        Post(
            person=person,
            team=teams[number],
            line_manager=managers[number // 10],
            job_family=family,
            title="Officer",
            starts_on=DAY,
        )
        for number, person in enumerate(people)
    )
    return Post.objects.get(person=cast.ailsa).pk


def job_families(cast, count):
    """Job families."""
    JobFamily.objects.bulk_create(JobFamily(code=f"family-{n}", name=f"Family {n}") for n in range(count))


def covers(cast, count):
    """People who stand in for Morag until the end of the century."""
    staff(cast, count)
    ManagerCover.objects.bulk_create(
        ManagerCover(manager=cast.morag, cover=person, starts_on=DAY, ends_on=datetime.date(2099, 12, 31))
        for person in User.objects.filter(email__startswith="officer-")
    )


# --- Examples and answers ------------------------------------------------------------------------------------------


def examples(cast, count, **values):
    """Shared examples of Ailsa, each of a partnership and a behaviour."""
    groups = partnerships(cast, count)
    entries = EvidenceEntry.objects.bulk_create(
        EvidenceEntry(
            owner=cast.ailsa,
            title=f"Example {number}",
            situation="We rang first.",
            partnership=group,
            **{"state": "shared"} | values,
        )
        for number, group in enumerate(groups)
    )
    behaviour = Behaviour.objects.get_or_create(code="PB1", defaults={"slug": "involve-early"})[0]
    through = EvidenceEntry.behaviours.through
    through.objects.bulk_create(through(evidenceentry=entry, behaviour=behaviour) for entry in entries)
    return entries


def drafts(cast, count):
    """Private examples of Ailsa."""
    examples(cast, count, state="draft")


def request(entry, number, email, **values):
    now = timezone.now()
    return EvidenceConfirmation(
        entry=entry,
        asked_by_id=entry.owner_id,
        name="Rhona MacBain",
        email=email,
        email_key=email,
        token_hash=str(number),
        expires_at=now + datetime.timedelta(days=30),
        asked_at=now,
        quarter="2026-Q1",
        text_version=1,
        shown_title=entry.title,
        shown_on=DAY,
        shown_text=entry.situation,
        **{"state": ConfirmationState.ASKED, "decides": False} | values,
    )


def requests(cast, count, **values):
    """Examples of Ailsa, about each of which Rhona was asked."""
    EvidenceConfirmation.objects.bulk_create(
        request(entry, number, cast.rhona.email, **values) for number, entry in enumerate(examples(cast, count))
    )


def requests_for_the_manager(cast, count):
    """The same, when only Morag may send them."""
    requests(cast, count, state=ConfirmationState.FOR_MANAGER, decides=True)


def answered(cast, count):
    """One example that many people answered, each with a reply of Ailsa; returns its key."""
    (entry,) = examples(cast, 1)
    values = {"state": ConfirmationState.ANSWERED, "answer": "yes", "answered_at": timezone.now()}
    rows = EvidenceConfirmation.objects.bulk_create(
        request(entry, number, f"{number}@example.net", **values) for number in range(count)
    )
    EvidenceReply.objects.bulk_create(EvidenceReply(confirmation=row, text="Thank you.") for row in rows)
    return entry.pk


def people_to_ask(cast, count):
    """An example of a partnership of many people; returns its key."""
    group = big_partnership(cast, count)
    return EvidenceEntry.objects.create(owner=cast.ailsa, title="Rang first", situation="x", partnership=group).pk


# --- What we expect of each other ----------------------------------------------------------------------------------


def versions(cast, count):
    """Published versions."""
    FrameworkVersion.objects.bulk_create(
        FrameworkVersion(number=number, title="What we expect", state="published", published_on=DAY)
        for number in range(1, count + 1)
    )


def draft_behaviours(cast, count):
    """A draft of many behaviours, each worded for both sides at one level, and a profile that names them all."""
    draft = FrameworkVersion.objects.create(number=1, title="What we expect")
    ProficiencyLevel.objects.create(version=draft, number=1, name="With prompting", text="How.")
    found = Behaviour.objects.bulk_create(Behaviour(code=f"X{n}", slug=f"behaviour-{n}") for n in range(count))
    texts = BehaviourText.objects.bulk_create(
        BehaviourText(
            version=draft,
            behaviour=behaviour,
            number=number,
            name=f"Behaviour {number}",
            short_name=f"Behaviour {number}",
            definition="What.",
            why="Why.",
        )
        for number, behaviour in enumerate(found)
    )
    LevelText.objects.bulk_create(
        LevelText(behaviour_text=text, level=1, side=side, text="So.") for text in texts for side in Side.values
    )
    profile = RoleProfile.objects.create(version=draft, name="Officers", number=1, job_family=JobFamily.objects.get())
    ProfileItem.objects.bulk_create(ProfileItem(profile=profile, behaviour_text=text, level=1) for text in texts)
    return draft


def behaviours(cast, count):
    """The same, published and read once, so that its layout is kept."""
    draft = draft_behaviours(cast, count)
    FrameworkVersion.objects.filter(pk=draft.pk).update(state="published", published_on=DAY)
    layout(current_version())


# --- The roof ------------------------------------------------------------------------------------------------------


def numbers(cast, count):
    """Numbers that this body has set itself, as far as there are numbers to set."""
    PolicyValue.objects.bulk_create(PolicyValue(key=key, value=1) for key in list(POLICIES)[:count])


def mails(cast, count):
    """Mails in the demo's post box."""
    OutgoingMail.objects.bulk_create(
        OutgoingMail(template="x", to=cast.ailsa.email, subject=f"Mail {number}") for number in range(count)
    )


# --- Joint sessions ---------------------------------------------------------------------------------------------------


def sessions(cast, count):
    """So many sessions with two dates each, every one booked by Ailsa."""
    first = session_of(cast)
    fields = [field.name for field in JointSession._meta.fields if not field.primary_key]
    values = {name: getattr(first, name) for name in fields}
    rows = JointSession.objects.bulk_create(JointSession(**values) for _number in range(count - 1))
    start = first.starts_at
    SessionDate.objects.bulk_create(
        SessionDate(session=row, starts_at=start + HOUR * 24 * n, ends_at=start + HOUR * (24 * n + 2))
        for row in rows
        for n in (0, 7)
    )
    _places([first, *rows], [cast.ailsa])


def full_session(cast, count):
    """A session with so many people in it and as many on the waiting list."""
    session = session_of(cast, places=count, sector_limit_percent=None)
    people = User.objects.bulk_create(User(email=f"p{n}@example.org", name=f"P {n}") for n in range(2 * count))
    _places([session], people[:count])
    _places([session], people[count:], state=PlaceState.WAITING)
    return session.pk


def begun_session(cast, count):
    """A session that began an hour ago, with so many people in it."""
    pk = full_session(cast, count)
    session = JointSession.objects.get(pk=pk)
    begin(session)
    return f"{pk}/attendance/{session.dates.get().pk}"


def typed_names(cast, count):
    """So many names that people typed, one of them for as many places, and as many decided ones."""
    session = JointSession.objects.get(pk=full_session(cast, count))
    places = list(session.places.order_by("pk"))
    for number, place in enumerate(places):
        place.organisation_name = f"Circle {number}" if number < count else "Knitting Circle"
    Place.objects.bulk_update(places, ["organisation_name"])
    OrganisationName.objects.bulk_create(
        OrganisationName(name=f"Choir {n}", key=f"choir {n}", organisation=cast.union, by=cast.priya)
        for n in range(count)
    )
    return places[-1].pk


def needs(cast, count):
    """So many people of one session who said what they bring and what they need."""
    session = JointSession.objects.get(pk=full_session(cast, count))
    session.places.update(brings="The rota")
    AccessNeed.objects.bulk_create(
        AccessNeed(place=place, words="A chair", state=NeedState.ASKED) for place in session.places.booked()
    )
    return session.pk


def needs_of_one(cast, count):
    """So many needs of one person."""
    session = session_of(cast)
    _places([session], [cast.dougie])
    AccessNeed.objects.bulk_create(
        AccessNeed(place=session.places.get(), words=f"Chair {n}", state=NeedState.ASKED) for n in range(count)
    )
    return session.pk


def invitation(cast, count):
    """An invitation of somebody with so many hats, to a session with so many people in it."""
    session = JointSession.objects.get(pk=full_session(cast, count))
    rows = [Organisation(name=f"Hat {n}", slug=f"hat-{n}", sector=Sector.UNION) for n in range(count)]
    since = timezone.localdate()
    Affiliation.objects.bulk_create(
        Affiliation(person=cast.rhona, organisation=row, starts_on=since)
        for row in Organisation.objects.bulk_create(rows)
    )
    return token_of(invited(session, cast.rhona)[0])


def session_by_link(cast, count):
    """The same, seen by somebody without an account who waits behind all of them."""
    session = JointSession.objects.get(pk=full_session(cast, count))
    place = session.places.order_by("-pk").first()
    Place.objects.filter(pk=place.pk).update(person=None)
    place.person = None
    open_link(place)
    return token_of(place)


def session_with_invitations(cast, count):
    """A session to which so many were invited, with as many papers."""
    session = session_of(cast)
    SessionInvitation.objects.bulk_create(
        SessionInvitation(
            session=session,
            state="invited",
            name=f"P {n}",
            email=f"p{n}@example.org",
            email_key=f"p{n}@example.org",
            answer_by=DAY,
            token_hash=SessionInvitation.make_token()[1],
            expires_at=session.ends_at,
        )
        for n in range(count)
    )
    SessionPaper.objects.bulk_create(
        SessionPaper(session=session, title=f"Paper {n}", link="https://example.org/", by=cast.priya)
        for n in range(count)
    )
    return session.pk


def invited_long_ago(cast, count):
    """The same, so long ago that they may be asked again."""
    pk = session_with_invitations(cast, count)
    SessionInvitation.objects.update(changed_at=timezone.now() - datetime.timedelta(days=9))
    return pk


def session_for(cast, count):
    """A session to which nobody was invited yet."""
    return session_of(cast).pk


def pasted(count):
    """So many addresses in the form of invitations."""
    addresses = "\n".join(f"Person with a Name {n} <person.{n}@organisation.example.org>" for n in range(count))
    return {"addresses": addresses, "then": "invite"}


def session_for_many(cast, count):
    """A draft for a partnership of so many people, and so many other sessions with the same person at other times."""
    group = big_partnership(cast, count)
    sessions(cast, count)
    return draft_session(cast, partnership=group).pk


def marked_session(cast, count):
    """A session that has begun and at which everybody was."""
    begun_session(cast, count)
    session = JointSession.objects.get()
    mark_everyone(session.dates.get(), by=cast.priya)
    return session.pk


def answered_session(cast, count):
    """A session that is over, of which so many people said how it was."""
    pk = marked_session(cast, count)
    session = JointSession.objects.get(pk=pk)
    over(session)
    said(session, timezone.localdate() - datetime.timedelta(days=1), count)
    FeedbackLoopItem.objects.bulk_create(
        FeedbackLoopItem(session=session, heard="The room echoed", doing="Another one", by=cast.priya)
        for _n in range(count)
    )
    return pk


def _places(sessions, people, state=PlaceState.BOOKED):
    prefetch_related_objects(sessions, "dates")
    starts = {session.pk: session.starts_at for session in sessions}
    Place.objects.bulk_create(
        Place(
            session=session,
            person=person,
            name=person.name,
            email=person.email,
            email_key=person.email,
            state=state,
            sector=Sector.UNION,
            side=Side.PARTNER,
            token_hash=Place.make_token()[1],
            expires_at=starts[session.pk],
        )
        for session in sessions
        for person in people
    )
