"""What a frozen record says, as plain types for the page, the PDF and "How this level came about".

Nothing here asks the database. How its JSON becomes this stands in record_reader.py.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from appraisal.enums import NoteKind, ResponseAnswer, SignatureRole

Day = datetime.date | None
Row = Mapping[str, Any]
SAID: dict[str, Any] = {
    ResponseAnswer.AGREE: _("%(name)s agrees."),
    ResponseAnswer.COMMENTS: _("%(name)s agrees and has added comments."),
    ResponseAnswer.DISAGREE: _("%(name)s disagrees."),
    ResponseAnswer.NO_RESPONSE: _("%(name)s has not replied; that is not agreement."),
}


@dataclass(frozen=True)
class Reply:
    """The owner's words beside an answer."""

    text: str = ""
    on: Day = None


@dataclass(frozen=True)
class Shown:
    """The text that an answer speaks of, where the account changed afterwards."""

    title: str = ""
    happened_on: Day = None
    text: str = ""


@dataclass(frozen=True)
class Answer:
    """What somebody who was there said of an example."""

    name: str = ""
    organisation: str = ""
    answer: str = ""
    answer_kind: str = ""
    words: str = ""
    on: Day = None
    changed_since: bool = False
    shown: Shown | None = None
    decides_something_of_theirs: bool = False
    asked_by: str = ""
    replies: Sequence[Reply] = ()

    @property
    def who(self) -> str:
        """Name and organisation."""
        return ", ".join(part for part in (self.name, self.organisation) if part)

    @property
    def first_name(self) -> str:
        """The first word of the name."""
        return self.name.partition(" ")[0]

    @property
    def differs(self) -> bool:
        """True when they saw it otherwise."""
        return self.answer_kind == "not_so"


@dataclass(frozen=True)
class Example:
    """An example as it read, with the answers beside it; `number` is its place in the record."""

    id: int = 0
    number: int = 0
    title: str = ""
    happened_on: Day = None
    account: Sequence[Sequence[str]] = ()
    partnership: str = ""
    partnership_id: int | None = None
    engagement: str = ""
    engagement_on: Day = None
    link: str = ""
    file: str = ""
    answers: Sequence[Answer] = ()


@dataclass(frozen=True)
class Note:
    """Something the manager noted at the time; `number` is its place in the record."""

    id: int = 0
    number: int = 0
    kind: str = ""
    kind_words: str = ""
    author: str = ""
    seen_on: Day = None
    raised_on: Day = None
    text: str = ""
    answer: str = ""

    @property
    def is_concern(self) -> bool:
        return self.kind == NoteKind.CONCERN


@dataclass(frozen=True)
class View:
    """What one side chose for one behaviour, why, and what it rests on."""

    who: str = ""
    is_self: bool = False
    is_earlier: bool = False  # of a manager before a handover
    level: int | None = None
    mark_words: str = ""
    meaning: str = ""  # what that level of the behaviour means
    words: str = ""
    help: str = ""
    examples: Sequence[Example] = ()
    notes: Sequence[Note] = ()


@dataclass(frozen=True)
class Certificate:
    """Learning, not proof of a level."""

    title: str = ""
    code: str = ""
    completed_on: Day = None
    expires_on: Day = None
    status: str = ""
    behaviours: Sequence[str] = ()

    @property
    def plain_code(self) -> str:
        """The code without the signs between its groups, as it stands in addresses."""
        return self.code.replace("-", "")

    @property
    def had_expired(self) -> bool:
        return self.status == "expired"


@dataclass(frozen=True)
class Behaviour:
    """One behaviour of the review: what the role expects and what each side said."""

    code: str = ""  # never shown
    number: int = 0
    name: str = ""
    definition: str = ""
    expected: int = 0
    expected_words: str = ""
    meaning: str = ""  # what the expected level means
    views: Sequence[View] = ()
    certificates: Sequence[Certificate] = ()


@dataclass(frozen=True)
class Step:
    """What follows: what, who, when."""

    what: str = ""
    who: str = ""
    by: Day = None
    module: str = ""
    module_id: int | None = None
    behaviours: Sequence[str] = ()


@dataclass(frozen=True)
class Point:
    """One point of a disagreement, and the second manager's answer in words."""

    behaviour: str = ""
    words: str = ""
    reply: str = ""
    replied_by: str = ""
    replied_on: Day = None


@dataclass(frozen=True)
class Response:
    """What the person said to the review."""

    answer: str = ""
    answer_words: str = ""
    words: str = ""
    on: Day = None
    points: Sequence[Point] = ()


@dataclass(frozen=True)
class Signature:
    """Who stands by which sentence."""

    role: str = ""
    role_words: str = ""
    name: str = ""
    statement: str = ""
    words: str = ""
    at: datetime.datetime | None = None


@dataclass(frozen=True)
class Sharing:
    """When the manager's text was shared."""

    version: int = 0
    by: str = ""
    on: Day = None


@dataclass(frozen=True)
class Talk:
    """On which day the two talked, and who says so."""

    on: Day = None
    confirmed_by_both: bool = False
    said_by_manager: bool = False
    said_by_job_holder: bool = False


@dataclass(frozen=True)
class Cycle:
    """The review cycle and what it was for."""

    name: str = ""
    starts_on: Day = None
    ends_on: Day = None
    purpose: str = ""


@dataclass(frozen=True)
class Framework:
    """Which version of what we expect of each other."""

    title: str = ""
    version: int = 0
    published: Day = None


@dataclass(frozen=True)
class Person:
    """Whose review it is, in the post of that time."""

    name: str = ""
    job_title: str = ""
    team: str = ""


@dataclass(frozen=True)
class Summary:
    """What one side wrote about the whole."""

    who: str = ""
    is_self: bool = False
    words: str = ""


@dataclass(frozen=True)
class Document:
    """A record read back."""

    number: str = ""
    version: int = 0
    cycle: Cycle = field(default_factory=Cycle)
    framework: Framework = field(default_factory=Framework)
    person: Person = field(default_factory=Person)
    manager: str = ""
    second_manager: str = ""
    earlier_managers: Sequence[str] = ()
    has_self: bool = False
    talk: Talk = field(default_factory=Talk)
    shared: Sequence[Sharing] = ()
    behaviours: Sequence[Behaviour] = ()
    summaries: Sequence[Summary] = ()
    examples: Sequence[Example] = ()
    notes: Sequence[Note] = ()
    steps: Sequence[Step] = ()
    response: Response | None = None
    certificates: Sequence[Certificate] = ()
    signatures: Sequence[Signature] = ()
    closed_at: datetime.datetime | None = None

    @property
    def outcome(self) -> str:
        """What happened at the end, claiming no signature that is not there (DESIGN 5.9)."""
        signed = {row.role: row.name for row in self.signatures}
        sentences = [
            _("Signed by %(name)s.") % {"name": signed[SignatureRole.MANAGER]}
            if SignatureRole.MANAGER in signed
            else "",
            SAID[self.response.answer] % {"name": self.person.name} if self.response else "",
            _("%(name)s has confirmed that it was fair.") % {"name": signed[SignatureRole.SECOND_MANAGER]}
            if SignatureRole.SECOND_MANAGER in signed
            else "",
        ]
        return " ".join(str(sentence) for sentence in sentences if sentence)
