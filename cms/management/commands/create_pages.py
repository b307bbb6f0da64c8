"""Write the first pages of a site. Repeatable: a page that is there is left as its editors left it."""

from django.core.management.base import BaseCommand

from cms.first_pages import create_first_pages, first_texts


class Command(BaseCommand):
    help = "Write the home, help, accessibility, privacy and good-practice pages where there are none, for adapting."

    def handle(self, *args, **options):
        home = create_first_pages(first_texts())
        if options["verbosity"]:
            titles = ", ".join(home.get_children().order_by("path").values_list("title", flat=True))
            self.stdout.write(f"Pages: {home.title}, {titles}. Adapt them at /cms/pages/{home.pk}/.")
