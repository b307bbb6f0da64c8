"""Remove records whose time is over, rule by rule. Run it once a day; --dry-run only counts."""

from django.core.management.base import BaseCommand

from cms.retention import RULES, apply_rule


class Command(BaseCommand):
    help = "Remove records whose time is over."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="count, and remove nothing")

    def handle(self, *args, dry_run, **options):
        for rule in RULES:
            count = apply_rule(rule, dry_run=dry_run)
            self.stdout.write(f"{rule.record}: {count} {'would go' if dry_run else 'removed'} (kept {rule.keep})")
