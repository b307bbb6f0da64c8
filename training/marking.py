"""Marking a question and a whole paper: plain data in, plain data out. No models, no request.

A question is {"id", "text", "multiple", "options": [{"id", "text", "right", "explanation"}]}; answers are
{question id: [option ids]}.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Question = Mapping[str, Any]
Answers = Mapping[str, list[str]]


@dataclass(frozen=True)
class Marked:
    """What a paper came to."""

    score: int
    out_of: int
    passed: bool
    wrong: tuple[str, ...]


def right_options(question: Question) -> frozenset[str]:
    """Ids of the options that are right."""
    return frozenset(option["id"] for option in question["options"] if option["right"])


def known_options(question: Question, chosen: Iterable[str]) -> list[str]:
    """The chosen ids that this question has, in its own order; a question with one answer keeps the first."""
    wanted = set(chosen)
    known = [option["id"] for option in question["options"] if option["id"] in wanted]
    return known if question["multiple"] else known[:1]


def is_right(question: Question, chosen: Iterable[str]) -> bool:
    """True when exactly the right options were chosen."""
    return bool(right_options(question)) and right_options(question) == frozenset(chosen)


def unanswered(questions: Iterable[Question], answers: Answers) -> list[Question]:
    """The questions that have no answer yet."""
    return [question for question in questions if not known_options(question, answers.get(question["id"], []))]


def mark(paper: Mapping[str, Any], answers: Answers) -> Marked:
    """Mark a frozen paper. The pass mark can never be more than the number of questions."""
    questions = paper["questions"]
    wrong = tuple(q["id"] for q in questions if not is_right(q, answers.get(q["id"], [])))
    score = len(questions) - len(wrong)
    return Marked(score, len(questions), score >= min(paper["pass_mark"], len(questions)), wrong)
