"""What has to happen when its time has come: reminders, reviews and places to open, waiting mail, missing PDFs.

Run it every few minutes.
"""

import logging

from django.core.management.base import BaseCommand

from appraisal import chasing
from appraisal.tasks import open_waiting, print_missing_records, tell_waiting
from people.mail import send_waiting
from training.places import pass_on_everywhere
from training.reminders import send_session_reminders
from training.sessions import end_sign_ups
from training.tasks import make_missing_pdfs

logger = logging.getLogger(__name__)
# Each job finds its own due rows and may run any number of times, also twice at once.
JOBS = (
    ("reviews opened", open_waiting),
    ("answers recorded as not given", chasing.record_silence),
    ("people reminded", chasing.send_due),
    ("reminders written", tell_waiting),
    ("free places offered", pass_on_everywhere),
    ("requests for places ended", end_sign_ups),
    ("people reminded of sessions", send_session_reminders),
    ("mail sent", send_waiting),
    ("certificates printed", make_missing_pdfs),
    ("records printed", print_missing_records),
)


class Command(BaseCommand):
    help = "Do what is due: open reviews, remind people, send mail, make PDFs. Safe at any time, and twice at once."

    def handle(self, *args, **options):
        failed = []
        for words, job in JOBS:
            try:
                count = job()
            except Exception:  # one job that fails must not keep the others waiting
                logger.exception("tick: %s", words)
                failed.append(words)
                continue
            if options["verbosity"]:
                self.stdout.write(f"{count} {words}")
        if failed:
            raise SystemExit(f"Failed: {', '.join(failed)}. The log has the reason.")
