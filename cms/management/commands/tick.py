"""What has to happen when its time has come: mail that waits, PDFs that are missing. Run it every few minutes."""

import logging

from django.core.management.base import BaseCommand

from appraisal.tasks import print_missing_records
from people.mail import send_waiting
from training.tasks import make_missing_pdfs

logger = logging.getLogger(__name__)
# Each job finds its own due rows and may run any number of times, also twice at once.
JOBS = (
    ("mail sent", send_waiting),
    ("certificates printed", make_missing_pdfs),
    ("records printed", print_missing_records),
)


class Command(BaseCommand):
    help = "Do what is due: send waiting mail, make missing PDFs. Safe to run at any time and any number of times."

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
