"""The figures of participation.py as tables: what may be shown of them, in which words, with how many there are in all.

Every table is shown as it is, printed as it is and written to a file as it is: one list of lines, one rule for what is
too small (small_groups.py). All tables about people in the room count everybody, each a different way of dividing the
same number: a table of one side beside a table of both would give the other side away.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.enums import OrganisationSize, Sector
from people.policy import policy
from training.afterwards.participation import OPEN, UNANSWERED, Figures
from training.enums import FeedbackGroup, Ground, InvitationState, SaidIt, SessionFormat, Support, WhyNot
from training.small_groups import may_be_split, shown_groups

LEAST = 3  # the rule that no body may bend (DESIGN 5.3); a larger number may be set
SHARE = 10  # the most frequent tenth
VENUES = 12
NAMED_TOGETHER = 4
HEAD = ("figure", "group", "number", "of", "percent", "sessions")


@dataclass(frozen=True)
class Line:
    """One row: what, how many, of how many; for some tables the number of sessions, too."""

    label: str
    count: int
    of: int
    sessions: int | None = None

    @property
    def percent(self) -> int:
        return round(100 * self.count / self.of) if self.of else 0

    @property
    def words(self) -> str:
        """What stands beside the bar."""
        return _("%(n)s of %(all)s, %(percent)d %%") % {
            "n": number_words(self.count),
            "all": number_words(self.of),
            "percent": self.percent,
        }


@dataclass(frozen=True)
class Table:
    """A question, who is counted, and the lines; without lines, why there are none."""

    key: str
    title: str
    about: str
    group_head: str
    lines: Sequence[Line] = field(default_factory=list)
    with_sessions: bool = False
    nothing: str = ""


def number_words(number: int) -> str:
    """A number as people read it: 54,008."""
    return number_format(number, force_grouping=True)


def least() -> int:
    """The smallest group whose number is shown by itself."""
    return max(LEAST, policy("smallest_group"))


def tables_of(figures: Figures) -> list[Table]:
    """Every table about several sessions, in the order in which it is read."""
    return [
        _sectors(figures),
        _sizes(figures),
        _newness(figures),
        _formats(figures),
        _venues(figures),
        _travel(figures),
        _tenth(figures),
        *_about_one(figures),
    ]


def tables_of_one(figures: Figures) -> list[Table]:
    """The tables that say something about one session."""
    return [_sectors(figures), _sizes(figures), _newness(figures), *_about_one(figures)]


def _about_one(figures: Figures) -> list[Table]:
    return [_support(figures), _invitations(figures), reasons_of(figures), *_said(figures)]


def file_rows(tables: Sequence[Table]) -> Iterator[tuple]:
    """The tables as the rows of a file; its columns are HEAD and stay."""
    for table in tables:
        for line in table.lines:
            sessions = "" if line.sessions is None else line.sessions
            yield table.key, line.label, line.count, line.of, line.percent, sessions


# --- Who ---


def _sectors(figures: Figures) -> Table:
    lines = _lines(_all_of(Sector, figures.by_sector), _label(Sector))
    return Table("sector", _("By sector"), _people_words(figures.people), _("Sector"), lines, nothing=_too_few())


def _sizes(figures: Figures) -> Table:
    counts = _all_of(OrganisationSize, figures.by_size) | {"": figures.by_size[""]}
    lines = _lines(counts, _label(OrganisationSize, _("Not said")))
    title = _("By size of organisation")
    return Table("size", title, _people_words(figures.people), _("Size"), lines, nothing=_too_few())


def _newness(figures: Figures) -> Table:
    counts = {"new": figures.by_newness[True], "before": figures.by_newness[False]}
    names = {"new": _("First time, or again after a long while"), "before": _("Has been before")}
    lines = _lines(counts, lambda key: names[key])
    title = _("Whose organisation is new")
    return Table("newness", title, _people_words(figures.people), _("Organisation"), lines, nothing=_too_few())


def _tenth(figures: Figures) -> Table:
    """How many of the places went to the tenth of the people who come most often; shown when the tenth is a group."""
    lines, kinds = [], [(_("Everybody"), figures.times)]
    places = sum(figures.times), sum(figures.partner_times)
    if may_be_split([places[0] - places[1], places[1]], least()):
        kinds.append((_("Partners"), figures.partner_times))
    for label, times in kinds:
        tenth = -(-len(times) // SHARE)
        if tenth >= least():
            words = _("%(label)s: the %(n)s who came most often, of %(all)s people")
            named = {"label": label, "n": number_words(tenth), "all": number_words(len(times))}
            lines.append(Line(words % named, sum(times[:tenth]), sum(times)))
    nothing = _("Fewer than %(n)d people came, so a tenth of them would be too few to show.") % {
        "n": SHARE * (least() - 1) + 1
    }
    about = _("Places held by the most frequent tenth. A tenth of the places would be an even spread.")
    return Table("most_frequent_tenth", _("Who comes again and again"), about, _("Who"), lines, nothing=nothing)


# --- Where ---


def _formats(figures: Figures) -> Table:
    lines = _lines(_all_of(SessionFormat, figures.by_format), _label(SessionFormat))
    return Table("format", _("How people meet"), _people_words(figures.people), _("How"), lines, nothing=_too_few())


def _venues(figures: Figures) -> Table:
    """The largest venues by name; the others together, and those without a venue."""
    names = sorted((name for name in figures.by_venue if name), key=lambda name: (-figures.by_venue[name], name))
    counts = {name: figures.by_venue[name] for name in names[:VENUES]}
    counts[_("All other venues")] = sum(figures.by_venue[name] for name in names[VENUES:])
    counts[_("Without a venue")] = figures.by_venue[""]
    lines = _lines({name: count for name, count in counts.items() if count}, str)
    title = _("Where people meet")
    return Table("venue", title, _people_words(figures.people), _("Venue"), lines, nothing=_too_few())


def _travel(figures: Figures) -> Table:
    counts = {ground.value: figures.by_ground[ground] for ground in Ground}
    lines = _lines(counts, _label(Ground), figures.grounds)
    about = _people_words(figures.people) + " " + _("Beside it, how many sessions.")
    title = _("Who travels to whom")
    return Table("travel", title, about, _("Ground"), lines, with_sessions=True, nothing=_too_few())


# --- Support and invitations ---


def _support(figures: Figures) -> Table:
    counts = {kind.value: figures.taken[kind] for kind in Support} | {"": figures.taken[""]}
    lines = _lines(counts, _label(Support, _("Not said")), figures.offered, apart=False)
    about = _people_words(figures.people) + " " + _("Beside it, in how many sessions it was offered.")
    title = _("Support that is offered and taken")
    return Table("support", title, about, _("Support"), lines, with_sessions=True, nothing=_too_few())


def _answered(figures: Figures) -> dict[str, int]:
    keys = (InvitationState.ACCEPTED.value, InvitationState.DECLINED.value, OPEN, UNANSWERED)
    return {key: figures.invitations[key] for key in keys}


def _invitations(figures: Figures) -> Table:
    names = {
        InvitationState.ACCEPTED.value: _("Accepted"),
        InvitationState.DECLINED.value: _("Declined"),
        OPEN: _("May still answer"),
        UNANSWERED: _("Did not answer"),
    }
    counts = _answered(figures)
    total = sum(counts.values())
    about = ngettext("%(n)s invitation.", "%(n)s invitations.", total) % {"n": number_words(total)}
    lines = _lines(counts, lambda key: names[key])
    nothing = _("Too few invitations to show.")
    return Table("invitations", _("Invitations"), about, _("Answer"), lines, nothing=nothing)


def reasons_of(figures: Figures) -> Table:
    """Shown when the number of those who declined stands by itself above: else it would give the others away."""
    declined = InvitationState.DECLINED.value
    alone = any(group.keys == (declined,) for group in shown_groups(_answered(figures), least()))
    counts = _all_of(WhyNot, figures.reasons) | {"": figures.reasons[""]}
    lines = _lines(counts, _label(WhyNot, _("No reason given"))) if alone else []
    about = _("Of those who declined.")
    nothing = _("Too few declined to show why.")
    return Table("why_declined", _("Why people cannot come"), about, _("Reason"), lines, nothing=nothing)


# --- Could people say what they came to say? ---


def _said(figures: Figures) -> list[Table]:
    """All answers, and by side where no side is too small. Of several sessions only those count that could be shown
    by themselves, so that the sum less the others tells nothing new about one of them."""
    whole: Counter = Counter()
    sides: dict[str, Counter] = {group.value: Counter() for group in FeedbackGroup}
    for session, groups in figures.said.items():
        sizes = {group: sum(answers.values()) for group, answers in groups.items()}
        promised = max(LEAST, figures.promised[session])
        if sum(sizes.values()) < promised:
            continue
        for answers in groups.values():
            whole.update(answers)
        if may_be_split(list(sizes.values()), promised):
            for group, answers in groups.items():
                sides[group].update(answers)
    nothing = _("Nothing yet: answers are shown when their last day is over and enough people have answered.")
    tables = [_answers("said", _("Could people say what they came to say?"), whole, nothing)]
    for group, answers in sides.items():
        if answers:
            title = _("%(group)s: could they say what they came to say?") % {"group": FeedbackGroup(group).label}
            tables.append(_answers(f"said_{group}", title, answers, ""))
    return tables


def _answers(key: str, title: str, answers: Mapping[str, int], nothing: str) -> Table:
    total = sum(answers.values())
    about = ngettext("%(n)s answer.", "%(n)s answers.", total) % {"n": number_words(total)}
    lines = [Line(str(SaidIt(answer).label), answers.get(answer, 0), total) for answer in SaidIt] if total else []
    return Table(key, title, about, _("Answer"), lines, nothing=nothing)


# --- Lines ---


def _lines(
    counts: Mapping[str, int],
    label: Callable[[str], Any],
    sessions: Mapping[str, int] | None = None,
    *,
    apart: bool = True,
) -> list[Line]:
    """`apart`: a session stands in one group only, so that the sessions of groups shown together add up."""
    total = sum(counts.values())
    found = []
    for group in shown_groups(counts, least()):
        number = None
        if sessions is not None and (apart or len(group.keys) == 1):
            number = sum(sessions.get(key, 0) for key in group.keys)
        found.append(Line(_together([str(label(key)) for key in group.keys]), group.count, total, number))
    return found


def _together(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) > NAMED_TOGETHER:
        return _("%(n)d small groups together") % {"n": len(names)}
    return _("Together: %(names)s") % {"names": "; ".join(names)}


def _all_of(choices: Any, counts: Counter) -> dict[str, int]:
    return {choice.value: counts[choice.value] for choice in choices}


def _label(choices: Any, empty: str | Promise = "") -> Callable[[str], Any]:
    names = {choice.value: choice.label for choice in choices} | {"": empty}
    return names.__getitem__


def _people_words(count: int) -> str:
    return ngettext("%(n)s person in the room.", "%(n)s people in the room.", count) % {"n": number_words(count)}


def _too_few() -> str:
    return _("Fewer than %(n)d people, so nothing is shown.") % {"n": least()}
