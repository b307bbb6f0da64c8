"""The audit can be added to and read, never changed or thinned out, but by a retention pass. On both databases."""

import pytest
from django.db import DatabaseError, connection, transaction

from people import audit
from people.models import AuditEvent, RetentionPass
from people.retention import retention_pass
from people.transitions import create, person
from tests.engine.models import Outing


@pytest.fixture
def event(db) -> AuditEvent:
    return AuditEvent.objects.create(record_type="engine.outing", record_id=1, move="plan", actor_kind="system")


def refused():
    return pytest.raises(DatabaseError, match="this table is append-only")


def test_a_row_cannot_be_saved_again(event):
    event.move = "other"

    with refused(), transaction.atomic():
        event.save()


def test_rows_cannot_be_updated_by_a_queryset(event):
    with refused(), transaction.atomic():
        AuditEvent.objects.update(actor_id=1)


def test_rows_cannot_be_deleted(event):
    with refused(), transaction.atomic():
        event.delete()
    with refused(), transaction.atomic():
        AuditEvent.objects.all().delete()
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("sql", ["UPDATE people_auditevent SET move = 'x'", "DELETE FROM people_auditevent"])
def test_rows_withstand_raw_sql(event, sql):
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEvent.objects.get().move == "plan"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a statement of SQLite")
def test_replacing_a_row_is_refused_too(event):
    """REPLACE deletes and inserts; SQLite fires delete triggers for it only with recursive triggers."""
    values = '(id, record_type, record_id, move, frm, "to", actor_kind, actor_label, reason)'
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"REPLACE INTO people_auditevent {values} VALUES (%s, 'x', 1, 'x', '', '', 'system', '', '')", [event.pk]
        )
    assert AuditEvent.objects.get().move == "plan"


@pytest.mark.skipif(connection.vendor != "postgresql", reason="a statement of PostgreSQL")
def test_emptying_the_table_is_refused_too(event):
    with refused(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE people_auditevent")


def test_a_retention_pass_lets_old_rows_go_and_leaves_no_door_open(event):
    with retention_pass("six years are over"):
        assert AuditEvent.objects.filter(pk=event.pk).delete()[0] == 1

    assert not RetentionPass.objects.exists()
    other = AuditEvent.objects.create(record_type="x", record_id=1, move="m", actor_kind="system")
    with refused(), transaction.atomic():
        other.delete()


def test_a_retention_pass_that_fails_leaves_everything(event):
    def remove_and_fail():
        with retention_pass("broken"):
            AuditEvent.objects.all().delete()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        remove_and_fail()

    assert AuditEvent.objects.count() == 1
    assert not RetentionPass.objects.exists()


def test_reading_somebody_elses_record_leaves_a_row_with_the_readers_name(cast):
    outing = create(Outing(owner=cast.priya), "plan", by=person(cast.priya))

    audit.record_read(outing, by=cast.tom)

    row = audit.events_of(outing).first()
    assert (row.move, row.actor_id, row.actor_label, row.frm, row.to) == ("read", cast.tom.pk, "Tom Baxter", "", "")
    assert row.at is not None


def test_events_of_gives_only_this_records_rows_newest_first(cast):
    first = create(Outing(owner=cast.priya), "plan", by=person(cast.priya))
    second = create(Outing(owner=cast.priya), "plan", by=person(cast.priya))
    AuditEvent.objects.create(record_type="engine.seat", record_id=first.pk, move="want", actor_kind="system")
    audit.record_read(first, by=cast.tom)

    assert [e.move for e in audit.events_of(first)] == ["read", "plan"]
    assert [e.move for e in audit.events_of(second)] == ["plan"]


def test_was_last_knows_whose_move_it_was(cast):
    outing = create(Outing(owner=cast.priya), "plan", by=person(cast.priya))

    assert audit.was_last(outing, "plan", person(cast.priya))
    assert not audit.was_last(outing, "plan", person(cast.tom))
    assert not audit.was_last(outing, "end", person(cast.priya))
