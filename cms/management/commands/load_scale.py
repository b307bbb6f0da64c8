"""A large invented body for measuring (cms/scale/): thousands of people with posts, learning, examples and reviews."""

import time

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms.cast import CAST, COLLEAGUES, PASSWORD
from cms.scale.learning import fill_catalogue
from cms.scale.load import fill
from cms.scale.people import DOMAIN
from people.models import User

KNOWN = [member.email for member in (*CAST, *COLLEAGUES)]


class Command(BaseCommand):
    help = "Load the demo and very many invented people around it, the same in every run. For measuring only."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=1000, help="how many (20000 is a large body)")
        parser.add_argument("--modules", type=int, default=12, help="how many in the catalogue, at least the demo's")
        parser.add_argument("--seed", type=int, default=1, help="another number gives other people")
        parser.add_argument("--yes", action="store_true", help="even though there are other people in this database")

    def handle(self, *args, **options):
        self._ask_whether_here(options["yes"])
        begun = time.monotonic()
        call_command("load_demo", verbosity=0)
        courses = fill_catalogue(options["modules"])
        written = fill(options["people"], courses, seed=options["seed"], said=self._said(options["verbosity"], begun))
        if options["verbosity"]:
            for model, count in sorted(written.items(), key=lambda row: -row[1]):
                self.stdout.write(f"{count:>12,}  {model._meta.label}\n")
            self.stdout.write(f"{sum(written.values()):>12,}  rows in {time.monotonic() - begun:.0f} s\n")
            self.stdout.write(f"Everybody's password is {PASSWORD}; the first of them is p000000@{DOMAIN}.\n")

    def _ask_whether_here(self, agreed: bool) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(f"Everybody in it has the password {PASSWORD}: it is loaded only where DEMO is on.")
        loaded = User.objects.filter(email__endswith=f"@{DOMAIN}")
        others = User.objects.exclude(email__in=KNOWN).exclude(pk__in=loaded)
        if others.exists() and not agreed:
            raise CommandError("There are other people in this database. Say --yes to load it all the same.")
        if loaded.exists():
            raise CommandError("A large body is here already. Begin with an empty database.")

    def _said(self, verbosity: int, begun: float):
        def said(done: int) -> None:
            if verbosity:
                self.stdout.write(f"{done:>8,} people after {time.monotonic() - begun:.0f} s\n")

        return said
