"""Posts, teams, job families and cover as administrators keep them: what may stand, and what the audit keeps.

A post under another line manager changes at once who reads what is shared with the line manager. Reviews under way are
handed over by a move of their own, in the app that holds them.
"""

import datetime

from django.db import transaction
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from people import audit
from people.lib.dates import today
from people.models import JobFamily, ManagerCover, Post, Team, User
from people.permissions import can_keep_posts
from people.transitions import NotYours, Refused

POST_FIELDS = ("team_id", "job_family_id", "line_manager_id", "title", "starts_on", "ends_on")


def person_at(address: str) -> User | None:
    """The person with an open account at this address."""
    return User.objects.filter(email=address.strip().lower(), is_active=True).first()


def staff_at(address: str) -> User | None:
    """The same, when they hold a post here today or later."""
    found = person_at(address)
    return found if found and holds_post(found) else None


def holds_post(user: User) -> bool:
    """True when the person holds a post today or later."""
    return user.posts.overlapping(today(), None).exists()


def problems_of_post(post: Post) -> dict[str, str]:
    """Field -> the sentence that keeps a post from being saved like this."""
    if post.ends_on and post.ends_on < post.starts_on:
        return {"ends_on": _("The last day cannot be before the first, %(day)s.") % {"day": _day(post.starts_on)}}
    found = {"title": _held_twice(post), "line_manager": _why_not_manager(post) if post.line_manager_id else None}
    return {name: sentence for name, sentence in found.items() if sentence}


@transaction.atomic
def keep_post(post: Post, *, by: User, seen: int | None = None) -> Post:
    """Save a new or changed post. Raises Refused when it cannot stand, or was changed since `seen` (see changes_of)."""
    _administrators_only(by)
    # Locked in order of their keys, so that two windows cannot make two people each other's line manager
    list(User.objects.select_for_update().filter(pk__in=[post.person_id, post.line_manager_id]).order_by("pk"))
    before = Post.objects.filter(pk=post.pk).values(*POST_FIELDS).first() or {}
    if seen is not None and seen != changes_of(post):
        raise Refused(_("Somebody else changed this post after you opened the page."))
    if post.line_manager_id != before.get("line_manager_id"):
        _not_oneself(post.line_manager_id, by)
    if sentences := problems_of_post(post):
        raise Refused(*sentences.values())
    post.save()
    _keep_what_changed(post, before, by=by)
    return post


def changes_of(post: Post) -> int:
    """How often a post was changed: what a page had seen when it was opened."""
    return audit.events_of(post).count()


def people_under(user: User):
    """The posts that this person manages today or later."""
    return Post.objects.overlapping(today(), None).filter(line_manager=user).for_list()


def problems_of_cover(cover: ManagerCover) -> dict[str, str]:
    """Field -> the sentence that keeps somebody from standing in like this."""
    if cover.ends_on < cover.starts_on:
        return {"ends_on": _("The last day cannot be before the first, %(day)s.") % {"day": _day(cover.starts_on)}}
    if cover.ends_on < today():
        return {"ends_on": _("This day has passed.")}
    if cover.cover_id == cover.manager_id:
        return {"cover": _("Nobody can stand in for themselves.")}
    same = ManagerCover.objects.filter(manager_id=cover.manager_id, cover_id=cover.cover_id).exclude(pk=cover.pk)
    other = same.filter(starts_on__lte=cover.ends_on, ends_on__gte=cover.starts_on).first()
    if other is None:
        return {}
    words = _("%(cover)s stands in for %(manager)s already from %(first)s to %(last)s. End that first.")
    return {
        "cover": words
        % {
            "cover": other.cover.name,
            "manager": other.manager.name,
            "first": _day(other.starts_on),
            "last": _day(other.ends_on),
        }
    }


@transaction.atomic
def keep_cover(cover: ManagerCover, *, by: User) -> ManagerCover:
    """Have somebody else stand in for a line manager from one day to another. Raises Refused when it cannot be."""
    _administrators_only(by)
    list(User.objects.select_for_update().filter(pk=cover.manager_id))
    _not_oneself(cover.cover_id, by)
    if sentences := problems_of_cover(cover):
        raise Refused(*sentences.values())
    cover.save()
    audit.record_change(cover, "added", by=by, subject_id=cover.cover_id, reason=_span(cover))
    return cover


@transaction.atomic
def end_cover(cover: ManagerCover, *, by: User) -> None:
    """End it from this moment; what had not begun is removed. Ended already: nothing happens."""
    _administrators_only(by)
    row = ManagerCover.objects.select_for_update().filter(pk=cover.pk, ends_on__gte=today()).first()
    if row is None:
        return
    audit.record_change(row, "ended", by=by, subject_id=row.cover_id, reason=_span(row))
    if row.starts_on >= today():
        row.delete()
        return
    row.ends_on = today() - datetime.timedelta(days=1)
    row.save(update_fields=["ends_on"])


@transaction.atomic
def keep_team(team: Team, *, by: User) -> Team:
    """Save a new team, or the new name of one."""
    return _keep_named(team, by=by)


@transaction.atomic
def keep_family(family: JobFamily, *, by: User) -> JobFamily:
    """Save a new job family, or the new name of one; its code never changes."""
    if not family.code:
        family.code = _free_code(family.name)
    return _keep_named(family, by=by)


def _keep_named(record, *, by: User):
    _administrators_only(by)
    before = type(record).objects.filter(pk=record.pk).values_list("name", flat=True).first()
    if before == record.name:
        return record
    record.save()
    change = f"{before} -> {record.name}" if before else record.name
    audit.record_change(record, "renamed" if before else "added", by=by, reason=change)
    return record


def _free_code(name: str) -> str:
    code = slugify(name)[:50] or "jobs"
    taken = set(JobFamily.objects.filter(code__startswith=code).values_list("code", flat=True))
    return next(free for number in range(1, len(taken) + 3) if (free := _numbered(code, number)) not in taken)


def _numbered(code: str, number: int) -> str:
    return code if number == 1 else f"{code}-{number}"


def _held_twice(post: Post) -> str | None:
    """The same person, title and team on the same days."""
    same = Post.objects.filter(person_id=post.person_id, team_id=post.team_id, title__iexact=post.title)
    other = same.overlapping(post.starts_on, post.ends_on).exclude(pk=post.pk).first()
    if other is None:
        return None
    return _("%(name)s holds this post in this team already, %(span)s. Change that one, or end it first.") % {
        "name": post.person.name,
        "span": _span(other),
    }


def _why_not_manager(post: Post) -> str | None:
    names = {"name": post.person.name, "manager": post.line_manager.name if post.line_manager else ""}
    if post.line_manager_id == post.person_id:
        return _("Nobody can be their own line manager.")
    if _works_under(post.line_manager_id, post.person_id, post):
        words = _(
            "%(manager)s works under %(name)s, directly or through others, so cannot be the line manager of %(name)s "
            "as well. Give %(manager)s another line manager first."
        )
        return words % names
    return None


def _works_under(person_id: int | None, above_id: int, post: Post) -> bool:
    """True when a person has somebody above them, over any number of line managers, on days of this post."""
    level, passed = {person_id}, set()
    while level:
        if above_id in level:
            return True
        passed |= level
        rows = Post.objects.overlapping(post.starts_on, post.ends_on).filter(person_id__in=level)
        level = set(rows.exclude(line_manager=None).values_list("line_manager_id", flat=True)) - passed
    return False


def _keep_what_changed(post: Post, before: dict, *, by: User) -> None:
    """One row about the person; and one for each line manager who comes or goes, for it is about them too."""
    changed = [name for name in POST_FIELDS if before.get(name) != getattr(post, name)]
    if not changed:
        return
    words = ", ".join(name.removesuffix("_id") for name in changed) if before else post.title
    audit.record_change(post, "changed" if before else "added", by=by, subject_id=post.person_id, reason=words)
    if "line_manager_id" in changed:
        for what, manager_id in (("ends", before.get("line_manager_id")), ("begins", post.line_manager_id)):
            if manager_id:
                audit.record_change(post, f"line_manager_{what}", by=by, subject_id=manager_id)


def _administrators_only(by: User) -> None:
    if not can_keep_posts(by):
        raise NotYours


def _not_oneself(user_id: int | None, by: User) -> None:
    """A line manager and whoever stands in read drafts: no administrator opens them to themselves."""
    if user_id == by.pk:
        raise Refused(
            _("You cannot name yourself: you would open what others write to yourself. Ask another administrator.")
        )


def _span(row: Model) -> str:
    """From when until when, in words."""
    first, last = _day(row.starts_on), row.ends_on and _day(row.ends_on)
    return (
        _("from %(first)s to %(last)s") % {"first": first, "last": last}
        if last
        else _("since %(first)s") % {"first": first}
    )


def _day(day: datetime.date) -> str:
    return date_format(day, "j F Y")
