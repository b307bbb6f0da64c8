"""Load the demo of DESIGN 9: the same people everywhere, through the real functions, any number of times."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from cms.cast import CAST, PASSWORD
from cms.demo import (
    between_sessions,
    examples,
    framework,
    learning,
    pages,
    past_sessions,
    people,
    required,
    reviews,
    sessions,
)


class Command(BaseCommand):
    help = "Load people, pages, modules, examples, reviews and sessions of the demo. What is there is left as it is."

    def handle(self, *args, **options):
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError(
                f"The demo's people all have the password {PASSWORD}: it is loaded only where DEMO is on."
            )
        call_command("create_groups", verbosity=0)
        framework.load_published_framework()
        cast = people.load_people()
        group = people.load_partnership(cast)
        home = pages.load_pages(cast["editor"])
        learning.load_learning(home, cast)
        kept = examples.load_examples(cast, group)
        reviews.load_reviews(cast, group, kept)
        sessions.load_venues()
        past_sessions.load_past_sessions(cast, group)
        sessions.load_sessions(cast, group)
        between_sessions.load_between_sessions(cast)
        required.load_required(cast, group)
        if options["verbosity"]:
            self._say_where()

    def _say_where(self):
        self.stdout.write(f"\nThe demo is loaded. Everybody's password is {PASSWORD}. Sign in as:\n\n")
        for member in CAST:
            self.stdout.write(f"  {member.email:<28} {member.name}, {member.who}\n")
        self.stdout.write("\nOr become any of them at /dev/ and read their mail at /dev/mail/.\n\n")
