"""Loading, reading, agreeing, publishing, freezing and copying the framework."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from partnerships.enums import FrameworkState, Level
from partnerships.framework import (
    behaviour_choices,
    copy_version,
    current_version,
    record_staff_agreement,
    save_behaviour_text,
    save_version_texts,
    short_names,
)
from partnerships.framework_file import load_framework
from partnerships.layout import layout
from partnerships.models import (
    Behaviour,
    BehaviourText,
    FrameworkVersion,
    Indicator,
    LevelText,
    Principle,
    ProficiencyLevel,
    ProfileItem,
    RoleProfile,
    SponsorAgreement,
)
from people.enums import Side
from people.models import AuditEvent
from people.transitions import (
    SYSTEM,
    ChangedSince,
    NeedsNotMet,
    NotVisible,
    NotYours,
    Refused,
    create,
    move,
    moves_for,
    person,
)
from tests.factories.partnerships import STAFF_SPONSOR, agree, published_framework

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 1, 12)
FROZEN = (
    Principle,
    ProficiencyLevel,
    BehaviourText,
    LevelText,
    Indicator,
    RoleProfile,
    ProfileItem,
    SponsorAgreement,
    BehaviourText.principles.through,
)


def words_of(text):
    """What save_behaviour_text takes, as it stands."""
    return {
        "name": text.name,
        "short_name": text.short_name,
        "definition": text.definition,
        "why": text.why,
        "principles": list(text.principles.all()),
        "levels": {(row.level, row.side): row.text for row in text.level_texts.all()},
        "acts": {(2, "staff"): ["Rings before writing."]},
        "obstacles": {"partner": ["Says nothing."]},
    }


def test_file_holds_the_whole_framework():
    version = load_framework()

    assert version.state == FrameworkState.DRAFT
    assert version.principles.count() == 4
    assert [level.name for level in version.levels.all()] == [
        "With prompting",
        "Reliably",
        "Helps the group",
        "Changes how we work",
    ]
    assert list(Behaviour.objects.values_list("code", flat=True)) == [f"PB{n}" for n in range(1, 9)]
    for text in version.behaviour_texts.all():
        assert text.level_texts.count() == 8
        assert {row.side for row in text.indicators.that_help()} == {"staff", "partner"}
        assert {row.side for row in text.indicators.that_hinder()} == {"staff", "partner"}
        assert text.principles.exists()


def test_role_profiles_rate_at_most_five_and_always_the_first_and_sixth():
    for profile in load_framework().profiles.all():
        codes = set(profile.items.values_list("behaviour_text__behaviour__code", flat=True))
        assert len(codes) <= 5
        assert codes >= {"PB1", "PB6"}


def test_loading_twice_changes_nothing():
    first = load_framework()
    first.behaviour_texts.filter(number=1).update(name="Edited")

    again = load_framework()

    assert again == first
    assert BehaviourText.objects.count() == 8
    assert again.behaviour_texts.get(number=1).name == "Edited"


def test_draft_is_not_in_force_and_the_newest_published_is():
    assert current_version() is None
    assert behaviour_choices() == []
    version = published_framework()
    copy_version(version, by=SYSTEM)

    assert current_version() == version
    assert [text.behaviour.code for _behaviour, text in behaviour_choices()] == [f"PB{n}" for n in range(1, 9)]


def test_short_names_are_in_order_and_cost_one_query(django_assert_num_queries):
    published_framework()

    with django_assert_num_queries(1):
        names = short_names(["PB2", "PB1", "unknown"])

    assert names == ["Involve early", "Clear purpose and roles"]
    with django_assert_num_queries(0):
        assert short_names([]) == []


def test_publishing_needs_both_sponsors():
    version = load_framework()

    with pytest.raises(NeedsNotMet) as refusal:
        move(version, "publish", by=SYSTEM)

    assert refusal.value.sentences == [
        "The staff sponsor has not agreed to it yet.",
        "The partner sponsor has not agreed to it yet.",
    ]


def test_one_sponsor_is_not_enough():
    version = load_framework()
    record_staff_agreement(version, by=SYSTEM, agreed_on=DAY, **STAFF_SPONSOR)

    with pytest.raises(NeedsNotMet) as refusal:
        move(version, "publish", by=SYSTEM)

    assert refusal.value.sentences == ["The partner sponsor has not agreed to it yet."]


def test_an_edit_after_agreement_asks_both_again(cast):
    version = agree(load_framework())
    text = version.behaviour_texts.get(number=1)
    save_behaviour_text(text, words_of(text), by=person(cast.senga))

    with pytest.raises(NeedsNotMet) as refusal:
        move(version, "publish", by=SYSTEM)

    assert len(refusal.value.sentences) == 2
    assert "The text changed after Eilidh Ross agreed" in refusal.value.sentences[0]
    agree(version)
    assert move(version, "publish", by=SYSTEM).state == FrameworkState.PUBLISHED


def test_publishing_needs_all_words():
    version = load_framework()
    LevelText.objects.filter(behaviour_text__number=3, level=4, side=Side.PARTNER).delete()
    agree(version)

    with pytest.raises(NeedsNotMet) as refusal:
        move(version, "publish", by=SYSTEM)

    assert refusal.value.sentences == ["Some texts are missing: Open the bigger picture."]


def test_publishing_dates_the_version_and_is_audited(cast):
    version = move(agree(load_framework()), "publish", by=person(cast.senga))

    assert version.published_on is not None
    event = AuditEvent.objects.get(move="publish")
    assert (event.actor_id, event.frm, event.to) == (cast.senga.pk, "draft", "published")


@pytest.mark.parametrize("name", ["ailsa", "morag", "rhona", "priya", "tom", "donald", "stranger"])
def test_only_editors_write(cast, name):
    version = agree(load_framework())
    actor = person(getattr(cast, name))

    with pytest.raises(NotVisible):
        move(version, "publish", by=actor)
    with pytest.raises(NotYours):
        record_staff_agreement(version, by=actor, agreed_on=DAY, **STAFF_SPONSOR)
    with pytest.raises(NotYours):
        copy_version(version, by=actor)


def test_the_same_publication_twice_writes_nothing_more(cast):
    version = agree(load_framework())
    move(version, "publish", by=person(cast.senga))

    move(version, "publish", by=person(cast.senga))

    assert AuditEvent.objects.filter(move="publish").count() == 1


def test_published_words_refuse_every_edit_through_the_functions(cast):
    version = published_framework()
    text = version.behaviour_texts.get(number=1)
    editor = person(cast.senga)

    for attempt in (
        lambda: save_behaviour_text(text, words_of(text), by=editor),
        lambda: save_version_texts(version, {}, by=editor),
        lambda: record_staff_agreement(version, by=editor, agreed_on=DAY, **STAFF_SPONSOR),
    ):
        with pytest.raises(Refused, match="published and cannot change"):
            attempt()


@pytest.mark.parametrize("model", FROZEN, ids=lambda model: model.__name__)
@pytest.mark.parametrize("act", ["insert", "update", "delete"])
def test_database_refuses_to_change_published_words(model, act):
    published_framework()
    row = model._default_manager.order_by("pk").first()

    with pytest.raises(DatabaseError, match="published version"), transaction.atomic():
        _attempt(act, row)


def _attempt(act, row):
    same = type(row)._default_manager.filter(pk=row.pk)
    if act == "insert":
        row.pk = None
        row.save(force_insert=True)
    elif act == "update":
        same.update(**_any_value(type(row), row))
    else:
        same._raw_delete("default")


def _any_value(model, row):
    field = next(f for f in reversed(model._meta.concrete_fields) if not f.primary_key)
    return {field.attname: getattr(row, field.attname)}


def test_database_refuses_to_change_or_remove_a_published_version():
    version = published_framework()

    for attempt in (
        lambda: FrameworkVersion.objects.filter(pk=version.pk).update(title="Other"),
        lambda: FrameworkVersion.objects.filter(pk=version.pk).update(state="draft", published_on=None),
        lambda: version.delete(),
    ):
        with pytest.raises(DatabaseError, match="published version"), transaction.atomic():
            attempt()


def test_published_words_cannot_be_moved_into_a_draft():
    version = published_framework()
    draft = copy_version(version, by=SYSTEM)

    with pytest.raises(DatabaseError, match="published version"), transaction.atomic():
        version.principles.update(version=draft, code="moved")


def test_a_copy_has_all_words_and_nobody_has_agreed_to_it(cast):
    version = published_framework()

    draft = copy_version(version, by=person(cast.senga))

    assert (draft.number, draft.state) == (2, FrameworkState.DRAFT)
    assert draft.agreements.count() == 0
    old, new = layout(version), layout(draft)
    assert [(r.slug, r.text.name, r.principles, r.levels, r.obstacles) for r in new.behaviours] == [
        (r.slug, r.text.name, r.principles, r.levels, r.obstacles) for r in old.behaviours
    ]
    assert new.profiles == old.profiles
    assert Behaviour.objects.count() == 8
    assert {text.version_id for text in BehaviourText.objects.filter(principles__version=draft)} == {draft.pk}


def test_there_is_one_draft_at_a_time(cast):
    version = published_framework()
    copy_version(version, by=SYSTEM)

    with pytest.raises(NeedsNotMet, match="Version 2 is still a draft"):
        copy_version(version, by=SYSTEM)
    with pytest.raises(NeedsNotMet):
        create(FrameworkVersion(number=9, title="Other"), "start", by=SYSTEM)


def test_the_draft_changes_while_the_published_text_stays():
    version = published_framework()
    draft = copy_version(version, by=SYSTEM)
    text = draft.behaviour_texts.get(number=1)

    save_behaviour_text(text, {**words_of(text), "name": "Begin sooner"}, by=SYSTEM)

    assert version.behaviour_texts.get(number=1).name == "Involve early, keep talking, close the loop"
    assert draft.behaviour_texts.get(number=1).name == "Begin sooner"
    assert [row.text for row in text.indicators.all()] == ["Rings before writing.", "Says nothing."]


def test_somebody_elses_edit_is_not_lost(cast):
    version = load_framework()
    text = version.behaviour_texts.get(number=1)
    save_behaviour_text(text, {**words_of(text), "name": "First"}, by=person(cast.senga), seen=version.version)

    with pytest.raises(ChangedSince):
        save_behaviour_text(text, {**words_of(text), "name": "Second"}, by=person(cast.senga), seen=version.version)

    assert version.behaviour_texts.get(number=1).name == "First"


@pytest.mark.parametrize("level", Level.values)
def test_every_level_is_worded_for_both_sides(level):
    page = layout(load_framework())

    for row in page.behaviours:
        words = row.levels[level - 1]
        for side in (words.staff, words.partner):
            assert side.text
            assert side.acts


@pytest.mark.parametrize("state", FrameworkState.values)
@pytest.mark.parametrize(
    "name", ["ailsa", "morag", "fergus", "rhona", "dougie", "priya", "tom", "senga", "donald", "stranger"]
)
def test_moves_by_state_and_person(cast, name, state):
    version = agree(load_framework())
    if state == FrameworkState.PUBLISHED:
        version = move(version, "publish", by=SYSTEM)

    moves = [row.name for row, _sentences in moves_for(version, person(getattr(cast, name)))]

    assert moves == (["publish"] if (name, state) == ("senga", "draft") else [])
