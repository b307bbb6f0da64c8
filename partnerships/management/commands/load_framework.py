"""Load a version of the framework from its file, as a draft. Publishing needs both sponsors and a person."""

from pathlib import Path

from django.core.management.base import BaseCommand

from partnerships.framework_file import FIRST_VERSION, load_framework


class Command(BaseCommand):
    help = "Load a version of what we expect of each other from a YAML file; a version that is there stays as it is."

    def add_arguments(self, parser):
        parser.add_argument("path", nargs="?", type=Path, default=FIRST_VERSION)

    def handle(self, *args, path, **options):
        version = load_framework(path)
        self.stdout.write(f"{version} ({version.get_state_display()}).")
