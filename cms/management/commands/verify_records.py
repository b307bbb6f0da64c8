"""Say whether every signed record and its PDF are still what was hashed. The rule: appraisal/records.py."""

from django.core.management.base import BaseCommand

from appraisal.models import ReviewRecord
from appraisal.records import broken_records


class Command(BaseCommand):
    help = "Verify the hashes of all signed records and of their PDFs. Ends with 1 when one is broken."

    def handle(self, *args, **options):
        broken = 0
        for record, sentence in broken_records():
            broken += 1
            self.stdout.write(f"{record}: {sentence}")
        waiting = ReviewRecord.objects.without_pdf().count()
        self.stdout.write(f"{ReviewRecord.objects.count()} records, {broken} broken, {waiting} without a PDF yet")
        if broken:
            raise SystemExit(1)
