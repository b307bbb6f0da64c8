"""The lines of appraisal on My work, one module a subject."""

from appraisal.todo import evidence, recognition, reviews
from people.todo import Task
from people.transitions import Actor


def todo_for(actor: Actor) -> list[Task]:
    """What this person has to answer, write, decide, go on with, or wait for."""
    return [*reviews.todo_for(actor), *evidence.todo_for(actor), *recognition.todo_for(actor)]
