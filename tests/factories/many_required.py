"""Much required learning at once, for what lists cost. Each builder takes the cast and a number."""

from people.models import Post
from tests.factories.many import staff
from tests.factories.required import completed, in_days, required_of
from training.models import LearningException, RequiredLearning
from training.required import make_exception


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
