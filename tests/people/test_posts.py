"""Posts, teams, job families and cover as Tom keeps them: what may stand, who is told why not, what the audit keeps."""

import datetime

import pytest
from django.urls import reverse

from people import posts
from people.lib.dates import today
from people.models import AuditEvent, JobFamily, ManagerCover, Post, Team
from people.transitions import NotYours, Refused

pytestmark = pytest.mark.django_db


def day(offset: int) -> datetime.date:
    return today() + datetime.timedelta(days=offset)


def post_of(user) -> Post:
    return Post.objects.select_related("person", "line_manager", "team").get(person=user)


def new_post(person, **values) -> Post:
    first = {"team": Team.objects.first(), "title": "Gauge reader", "starts_on": today(), "person": person}
    return Post(**{**first, **values})


def text(response) -> str:
    return response.content.decode()


def audited(record) -> list[tuple[str, int | None, str]]:
    rows = AuditEvent.objects.filter(record_type=record._meta.label_lower, record_id=record.pk).order_by("pk")
    return list(rows.values_list("move", "subject_id", "reason"))


# --- What may stand ---


def test_a_person_may_hold_two_posts(cast):
    posts.keep_post(new_post(cast.ailsa, line_manager=cast.donald), by=cast.tom)

    assert cast.fresh("ailsa").current_line_manager_ids == {cast.morag.pk, cast.donald.pk}


def test_the_same_post_twice_is_refused_on_days_that_both_hold(cast):
    twice = new_post(cast.ailsa, title="catchment OFFICER")
    with pytest.raises(Refused, match="Ailsa Grant holds this post in this team already, since"):
        posts.keep_post(twice, by=cast.tom)

    old = post_of(cast.ailsa)
    old.ends_on = day(-1)
    posts.keep_post(old, by=cast.tom)
    posts.keep_post(twice, by=cast.tom)

    assert Post.objects.filter(person=cast.ailsa).count() == 2


def test_a_post_does_not_end_before_it_starts(cast):
    assert posts.problems_of_post(new_post(cast.ailsa, ends_on=day(-1))).keys() == {"ends_on"}
    assert posts.problems_of_post(new_post(cast.ailsa, ends_on=today())) == {}


def test_nobody_is_their_own_line_manager(cast):
    found = posts.problems_of_post(new_post(cast.ailsa, line_manager=cast.ailsa))

    assert found == {"line_manager": "Nobody can be their own line manager."}


@pytest.mark.parametrize("manager", ["morag", "ailsa"])
def test_nobody_works_under_somebody_who_works_under_them(cast, manager):
    post = post_of(cast.fergus)
    post.line_manager = cast.people[manager]

    sentence = posts.problems_of_post(post)["line_manager"]

    assert sentence.startswith(f"{cast.people[manager].name} works under Fergus Reid, directly or through others")


def test_a_circle_of_posts_that_never_hold_on_the_same_day_is_none(cast):
    under = post_of(cast.morag)
    under.ends_on = day(-1)
    posts.keep_post(under, by=cast.tom)
    Post.objects.create(person=cast.morag, team=under.team, title="Head of operations", starts_on=today())

    later = new_post(cast.fergus, line_manager=cast.morag)

    assert posts.problems_of_post(later) == {}


def test_the_search_for_circles_ends_where_old_posts_stand_in_one(cast):
    Post.objects.filter(person=cast.fergus).update(line_manager=cast.morag)

    assert posts.problems_of_post(new_post(cast.ailsa, line_manager=cast.morag)) == {}


def test_only_administrators_keep_posts(cast):
    with pytest.raises(NotYours):
        posts.keep_post(new_post(cast.ailsa), by=cast.fergus)
    with pytest.raises(NotYours):
        posts.keep_team(Team(name="Estuary"), by=cast.priya)
    assert Post.objects.count() == 7


# --- What the audit keeps ---


def test_a_new_line_manager_is_kept_for_each_of_the_three(cast):
    post = post_of(cast.ailsa)
    post.line_manager, post.title = cast.donald, "Senior catchment officer"
    posts.keep_post(post, by=cast.tom)

    assert audited(post) == [
        ("changed", cast.ailsa.pk, "line_manager, title"),
        ("line_manager_ends", cast.morag.pk, ""),
        ("line_manager_begins", cast.donald.pk, ""),
    ]


def test_saving_without_a_change_leaves_no_trail(cast):
    post = posts.keep_post(post_of(cast.ailsa), by=cast.tom)

    assert audited(post) == []


def test_the_second_of_two_windows_is_told(cast):
    first, second = post_of(cast.ailsa), post_of(cast.ailsa)
    seen = posts.changes_of(first)
    first.title = "Senior catchment officer"
    posts.keep_post(first, by=cast.tom, seen=seen)

    with pytest.raises(Refused, match="Somebody else changed this post"):
        posts.keep_post(second, by=cast.tom, seen=seen)


# --- Standing in ---


def test_cover_ends_by_itself_and_can_end_early(cast):
    cover = ManagerCover(manager=cast.morag, cover=cast.donald, starts_on=day(-3), ends_on=today())
    posts.keep_cover(cover, by=cast.tom)
    assert cast.fresh("donald").managed_person_ids == {cast.ailsa.pk}

    posts.end_cover(cover, by=cast.tom)
    posts.end_cover(cover, by=cast.tom)

    assert cast.fresh("donald").managed_person_ids == frozenset()
    assert [move for move, *_rest in audited(cover)] == ["added", "ended"]


def test_cover_that_has_not_begun_is_removed(cast):
    cover = ManagerCover(manager=cast.morag, cover=cast.donald, starts_on=day(5), ends_on=day(9))
    posts.keep_cover(cover, by=cast.tom)
    posts.end_cover(cover, by=cast.tom)

    assert not ManagerCover.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_on": -1}, "ends_on"),
        ({"starts_on": -9, "ends_on": -2}, "ends_on"),
        ({"cover": "morag"}, "cover"),
        ({"starts_on": 4, "ends_on": 8}, "cover"),  # the same two on some of the same days
    ],
)
def test_what_keeps_somebody_from_standing_in(cast, values, field):
    posts.keep_cover(ManagerCover(manager=cast.morag, cover=cast.donald, starts_on=day(3), ends_on=day(5)), by=cast.tom)
    days = {name: day(values.get(name, 1)) for name in ("starts_on", "ends_on")}
    cover = ManagerCover(manager=cast.morag, cover=cast.people[values.get("cover", "donald")], **days)

    assert posts.problems_of_cover(cover).keys() == {field}


@pytest.mark.parametrize("name", ["cover", "line manager of a new post", "line manager of a post"])
def test_no_administrator_opens_drafts_to_themselves(cast, name):
    """Whoever manages a post or stands in reads what the line manager reads."""
    keeps = {
        "cover": lambda by: posts.keep_cover(
            ManagerCover(manager=cast.morag, cover=cast.tom, starts_on=today(), ends_on=day(3)), by=by
        ),
        "line manager of a new post": lambda by: posts.keep_post(new_post(cast.ailsa, line_manager=cast.tom), by=by),
        "line manager of a post": lambda by: posts.keep_post(changed(cast, cast.tom), by=by),
    }

    with pytest.raises(Refused, match="You cannot name yourself"):
        keeps[name](cast.tom)

    cast.priya.groups.add(*cast.tom.groups.all())
    keeps[name](cast.fresh("priya"))
    assert cast.ailsa.pk in cast.fresh("tom").managed_person_ids


def changed(cast, manager):
    post = post_of(cast.ailsa)
    post.line_manager = manager
    return post


def test_an_administrator_goes_on_keeping_the_posts_of_their_own_people(cast):
    Post.objects.filter(person=cast.ailsa).update(line_manager=cast.tom)
    post = post_of(cast.ailsa)
    post.title = "Senior catchment officer"

    posts.keep_post(post, by=cast.tom)

    assert post_of(cast.ailsa).title == "Senior catchment officer"


# --- Pages ---


def values_of(**changed):
    first = {
        "person": "stranger@example.org",
        "title": "Gauge reader",
        "team": str(Team.objects.first().pk),
        "line_manager": "manager@example.org",
        "job_family": "",
        "starts_on": today().isoformat(),
        "ends_on": "",
    }
    return {**first, **changed}


def test_adding_a_post_by_address(cast, client_for):
    response = client_for(cast.tom).post(
        reverse("posts:add"), values_of(person=" Stranger@Example.org ", title="<b>Reader</b>"), follow=True
    )

    post = post_of(cast.stranger)
    assert (post.line_manager, post.title, post.ends_on) == (cast.morag, "<b>Reader</b>", None)
    assert "&lt;b&gt;Reader&lt;/b&gt;" in text(response)
    assert "<b>Reader</b>" not in text(response)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"person": "nobody@example.org"}, "Nobody here has this address."),
        ({"person": "not an address"}, "valid email address"),
        ({"line_manager": "partner@example.org"}, "Rhona MacBain holds no post here. Add one first."),
        ({"line_manager": "stranger@example.org"}, "Sam Stranger holds no post here."),
        ({"ends_on": "2001-01-01"}, "The last day cannot be before the first"),
        ({"person": "manager@example.org"}, "Nobody can be their own line manager."),
        ({"person": ""}, "Say who holds the post"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(cast, client_for, changed, sentence):
    response = client_for(cast.tom).post(reverse("posts:add"), values_of(**changed))

    assert sentence in text(response)
    assert "Constraint" not in text(response)
    assert 'value="Gauge reader"' in text(response)
    assert Post.objects.count() == 7


def test_a_closed_account_holds_no_new_post(cast, client_for):
    cast.stranger.is_active = False
    cast.stranger.save()

    assert "Nobody here has this address." in text(client_for(cast.tom).post(reverse("posts:add"), values_of()))


def test_changing_a_post_and_going_back_where_one_came_from(cast, client_for):
    client, post = client_for(cast.tom), post_of(cast.ailsa)
    address, back = reverse("posts:edit", args=[post.pk]), reverse("cycles:list")
    page = client.get(address, {"next": back})
    assert 'value="manager@example.org"' in text(page)
    assert "Hand it over on the page of the review cycle." in text(page)

    sent = values_of(line_manager="lead@example.org", starts_on=post.starts_on.isoformat(), next=back, seen="0")
    response = client.post(address, sent)

    assert response["Location"] == back
    assert post_of(cast.ailsa).line_manager == cast.donald
    assert client.post(address, sent | {"next": "https://evil.example/"}).status_code == 409
    assert client.post(address, sent | {"next": "//evil.example/", "seen": "3"})["Location"] == reverse("posts:list")


def test_two_windows_show_both_texts(cast, client_for):
    client, post = client_for(cast.tom), post_of(cast.ailsa)
    address = reverse("posts:edit", args=[post.pk])
    sent = values_of(starts_on=post.starts_on.isoformat(), seen="0")
    client.post(address, sent | {"title": "First"})

    second = client.post(address, sent | {"title": "Second"})

    assert second.status_code == 409
    assert "Somebody else changed this post" in text(second)
    assert "<dd>First</dd>" in text(second)
    assert 'value="Second"' in text(second)
    client.post(address, sent | {"title": "Second", "seen": str(second.context["form"].data["seen"])})
    assert post_of(cast.ailsa).title == "Second"


def test_a_line_manager_who_left_can_stay_until_somebody_replaces_them(cast, client_for):
    Post.objects.filter(person=cast.morag).update(ends_on=day(-1))
    post = post_of(cast.ailsa)

    sent = values_of(title="Renamed", starts_on=post.starts_on.isoformat(), seen="0")
    client_for(cast.tom).post(reverse("posts:edit", args=[post.pk]), sent)

    assert post_of(cast.ailsa).title == "Renamed"


def test_ending_a_post_names_the_people_under_it(cast, client_for):
    client, post = client_for(cast.tom), post_of(cast.morag)
    address = reverse("posts:end", args=[post.pk])
    page = text(client.get(address))
    assert "1 person has Morag Sinclair as line manager" in page
    assert reverse("posts:edit", args=[post_of(cast.ailsa).pk]) in page

    client.post(address, {"ends_on": day(-1).isoformat()})
    assert not cast.fresh("morag").is_staff_member
    assert "Morag Sinclair" in text(client.get(reverse("posts:list"), {"time": "ended"}))

    client.post(address, {"ends_on": ""})
    assert post_of(cast.morag).ends_on is None


def rows_of(response) -> set[str]:
    return {post.person.name for post in response.context["page"]}


def test_the_list_is_searched_and_filtered(cast, client_for):
    client, address = client_for(cast.tom), reverse("posts:list")
    Post.objects.filter(person=cast.senga).update(starts_on=day(3))
    Post.objects.filter(person=cast.priya).update(ends_on=day(-1))
    Post.objects.filter(person=cast.donald).update(line_manager=cast.priya)
    other = Team.objects.create(name="Estuary")
    Post.objects.filter(person=cast.tom).update(team=other)

    assert rows_of(client.get(address)) == {
        "Ailsa Grant",
        "Morag Sinclair",
        "Fergus Reid",
        "Donald Iqbal",
        "Tom Baxter",
    }
    assert rows_of(client.get(address, {"time": "coming"})) == {"Senga Muir"}
    assert rows_of(client.get(address, {"time": "ended"})) == {"Priya Nair"}
    assert rows_of(client.get(address, {"q": "catchment"})) == {"Ailsa Grant", "Morag Sinclair"}
    assert rows_of(client.get(address, {"q": "STAFF@"})) == {"Ailsa Grant"}
    assert rows_of(client.get(address, {"team": other.pk})) == {"Tom Baxter"}
    # Donald's line manager has left
    assert rows_of(client.get(address, {"manager": "none"})) == {"Fergus Reid", "Donald Iqbal"}
    assert "has no post here" in text(client.get(address, {"q": "donald"}))
    assert "Nothing found" in text(client.get(address, {"q": "zzz"}))


@pytest.mark.parametrize("given", [{"team": "x"}, {"page": "999"}, {"time": "<b>"}, {"q": "\x00"}, {"q": "x" * 5000}])
def test_nonsense_in_the_address_shows_the_list(cast, client_for, given):
    assert client_for(cast.tom).get(reverse("posts:list"), given).status_code == 200


def test_teams_are_added_and_renamed(cast, client_for):
    client = client_for(cast.tom)
    client.post(reverse("posts:teams"), {"name": "  Estuary   north "})
    team = Team.objects.get(name="Estuary north")
    assert "This name is taken already." in text(client.post(reverse("posts:teams"), {"name": "ESTUARY NORTH"}))

    client.post(reverse("posts:team", args=[team.pk]), {"name": "Estuary"})

    assert audited(team) == [("added", None, "Estuary north"), ("renamed", None, "Estuary north -> Estuary")]
    page = client.get(reverse("posts:teams"))
    assert [(row.name, row.people_count) for row in page.context["page"]] == [("Estuary", 0), ("Varrach catchment", 7)]


def test_job_families_get_a_code_of_their_own(cast, client_for):
    client = client_for(cast.tom)
    for name in ("Catchment officer", "Flood & rain", "雨"):
        client.post(reverse("posts:families"), {"name": name})

    codes = dict(JobFamily.objects.values_list("name", "code"))
    assert codes["Catchment officer"] == "catchment-officer-2"
    assert codes["Flood & rain"] == "flood-rain"
    assert codes["雨"] == "jobs"

    family = JobFamily.objects.get(name="Flood & rain")
    client.post(reverse("posts:family", args=[family.pk]), {"name": "Flood and rain"})
    family.refresh_from_db()
    assert (family.name, family.code) == ("Flood and rain", "flood-rain")


def test_cover_on_its_page(cast, client_for):
    client, address = client_for(cast.tom), reverse("posts:cover")
    sent = {"manager": "manager@example.org", "cover": "lead@example.org", "starts_on": today().isoformat()}

    page = client.post(address, sent | {"ends_on": day(9).isoformat()}, follow=True)
    assert "Donald Iqbal stands in for Morag Sinclair until" in text(page)
    assert "stands in for Morag Sinclair already" in text(client.post(address, sent | {"ends_on": day(3).isoformat()}))

    client.post(reverse("posts:cover-end", args=[ManagerCover.objects.get().pk]))
    assert not ManagerCover.objects.exists()


@pytest.mark.parametrize("name", ["cover", "add"])
def test_what_an_administrator_may_not_do_is_said_on_the_form(cast, client_for, name):
    sent = {"manager": "manager@example.org", "cover": "hr@example.org", "starts_on": today().isoformat()}
    sent |= {"ends_on": day(9).isoformat()} if name == "cover" else values_of(line_manager="hr@example.org")

    page = client_for(cast.tom).post(reverse(f"posts:{name}"), sent)

    assert "You cannot name yourself" in text(page)
    assert 'value="hr@example.org"' in page.content.decode()
