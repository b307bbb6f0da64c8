"""What has to happen when its time has come: reminders, reviews and places to open, waiting mail, missing PDFs.

Run it every few minutes.
"""

import logging
from collections.abc import Callable
from typing import NamedTuple

from django.core.management.base import BaseCommand
from django.utils import timezone

from appraisal import chasing
from appraisal.tasks import open_waiting, print_missing_records, tell_waiting
from cms.merging import follow_late
from people.mail import send_waiting
from people.policy import policy
from training.afterwards.feedback import ask_due
from training.afterwards.session_certificates import join_places
from training.afterwards.sign_in_sheets import make_missing_sheets
from training.booking.places import pass_on_everywhere
from training.booking.reminders import send_session_reminders
from training.planning.sessions import end_sign_ups
from training.record_files import make_missing_files
from training.renewal import remind_due
from training.required.notices import tell_newly_required
from training.tasks import make_missing_pdfs

logger = logging.getLogger(__name__)


class Job(NamedTuple):
    """What it did, in words after its number; what does it; and whether it waits for an hour at which people are up."""

    done: str
    run: Callable[[], int]
    by_day: bool = False


# Each job finds its own due rows and may run any number of times, also twice at once.
JOBS = (
    Job("reviews opened", open_waiting),
    Job("answers recorded as not given", chasing.record_silence),
    Job("people reminded", chasing.send_due, by_day=True),
    Job("reminders written", tell_waiting),
    Job("free places offered", pass_on_everywhere),
    Job("requests for places ended", end_sign_ups),
    Job("people reminded of sessions", send_session_reminders, by_day=True),
    Job("people reminded to renew", remind_due, by_day=True),
    Job("people told what is required", tell_newly_required, by_day=True),
    Job("people asked how a session was", ask_due, by_day=True),
    Job("places joined to people", join_places),
    Job("records that followed a merged organisation", follow_late),
    Job("mail sent", send_waiting),
    Job("sign-in sheets printed", make_missing_sheets),
    Job("certificates printed", make_missing_pdfs),
    Job("learning records printed", make_missing_files),
    Job("records printed", print_missing_records),
)


def people_are_up() -> bool:
    """True between the hours in which reminders may go out, in the site's zone."""
    return policy("reminders_from_hour") <= timezone.localtime().hour < policy("reminders_until_hour")


class Command(BaseCommand):
    help = "Do what is due: open reviews, remind people, send mail, make PDFs. Safe at any time, and twice at once."

    def handle(self, *args, **options):
        failed = []
        due = [job for job in JOBS if people_are_up() or not job.by_day]
        for job in due:
            try:
                count = job.run()
            except Exception:  # one job that fails must not keep the others waiting
                logger.exception("tick: %s", job.done)
                failed.append(job.done)
                continue
            if options["verbosity"]:
                self.stdout.write(f"{count} {job.done}")
        if failed:
            raise SystemExit(f"Failed: {', '.join(failed)}. The log has the reason.")
