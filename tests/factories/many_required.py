"""Much required learning at once, for what lists cost. Each builder takes the cast and a number."""

from people.models import Post
from tests.factories.many import begun_modules, certificates, sessions, staff
from tests.factories.required import completed, in_days, required_of
from tests.factories.training import make_module
from training.models import Attendance, LearningException, Place, Reflection, RequiredLearning, SessionDate, UnitPage
from training.required.requirements import make_exception


def rows(cast, count):
    """So many things required of everybody on the staff, half of them with an exception for Ailsa."""
    first = required_of(cast)
    RequiredLearning.objects.bulk_create(
        RequiredLearning(
            audience=first.audience, module=first.module, due_on=in_days(9 + n), reason="x", set_by=cast.priya
        )
        for n in range(count - 1)
    )
    LearningException.objects.bulk_create(
        LearningException(required=row, person=cast.ailsa, reason="x", by=cast.priya)
        for row in RequiredLearning.objects.all()[1::2]
    )


def people(cast, count):
    """One thing required of so many people under Morag, one of whom is let off."""
    staff(cast, count)
    Post.objects.exclude(person=cast.morag).exclude(person=cast.fergus).update(line_manager=cast.morag)
    row = required_of(cast)
    completed(row.module, cast.ailsa)
    make_exception(row, cast.tom, reason="x", until=None, by=cast.priya)
    return row.pk


def learnt(cast, count):
    """So many modules begun, certificates, sessions attended and to come, words written and things required."""
    sessions(cast, count)
    marks = [
        Attendance(place=place, date=date, presence="full", marked_by=cast.priya)
        for place in Place.objects.filter(person=cast.ailsa)
        for date in SessionDate.objects.filter(session=place.session_id)
    ]
    Attendance.objects.bulk_create(marks[: len(marks) // 2])
    begun_modules(cast, count)
    certificates(cast, count)
    unit = UnitPage.objects.first() or make_module("read").get_children().first().specific
    Reflection.objects.bulk_create(
        Reflection(person=cast.ailsa, unit=unit, block_id=f"b{n}", prompt="?", text="x") for n in range(count)
    )
    rows(cast, count)
