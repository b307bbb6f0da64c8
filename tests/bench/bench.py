"""Cost of our pages as ratios to a bare Wagtail page in the same run. Not a test: `python tests/bench/bench.py`.

Absolute times mean nothing on another day; the ratios are compared with what the design allows. What is counted is the
processor time of this process and not the clock, and a bare page is measured before each of ours, so that a busy
machine disturbs little. It works on a database of its own and leaves nothing behind. A number as argument says how many
certificates are made.
"""

import gzip
import os
import shutil
import statistics
import sys
import tempfile
import time
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, WARM = 40, 8
LONG = 40  # units of the long module, and modules of the full catalogue
QUESTIONS = 10
SETTLING = 100  # certificates before memory is read for the first time: libraries have then settled


def prepare(folder: str) -> None:
    """A database in this folder, and the settings of the tests, whose mail and files stay there too."""
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    tempfile.tempdir = folder  # the settings of the tests put their files there
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    import django  # settings must be named first
    from django.conf import settings
    from django.core.management import call_command

    settings.DEMO = True
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app != "zeal"]  # its watching costs time
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)


def bare_page() -> str:
    """A page of rich text and nothing else, served by Wagtail to somebody who is not signed in."""
    from cms.models import HomePage, StandardPage  # needs settings

    home = HomePage.objects.first()
    page = StandardPage(title="Bare", slug="bare-page-of-the-benchmark", body="<p>Plain words.</p>" * 20)
    home.add_child(instance=page)
    return page.url


def long_lists() -> None:
    """A module of many units with a check of ten questions handed out to Ailsa, and a catalogue that is full."""
    from types import SimpleNamespace

    from people.models import User  # needs settings
    from tests.factories import many
    from training.enums import CompletionRule
    from training.models import CheckAttempt, ModulePage

    cast = SimpleNamespace(ailsa=User.objects.get(email="staff@example.org"))
    rule = CompletionRule.UNITS_AND_CHECK
    start = many.long_module(cast, LONG, finished=LONG // 2, rule=rule, questions=QUESTIONS, pass_mark=1)
    CheckAttempt.objects.create(start=start, number=1, paper=start.module.check_paper())
    index = start.module.get_parent()
    many.many_pages(index, ModulePage, LONG - index.get_children().count(), summary="About it")


def pages() -> list[tuple[str, str, str, float]]:
    """(what, who, address, the ratio that the design allows)."""
    from appraisal.models import EvidenceConfirmation  # needs settings
    from training.models import Certificate, UnitPage

    module = "start-early-close-the-loop"
    unit = UnitPage.objects.live().filter(url_path__contains=module).order_by("path").first()
    certificate = Certificate.objects.get(holder__email="staff@example.org")
    example = EvidenceConfirmation.objects.get(email="partner@example.org").entry
    staff = "staff@example.org"
    return [
        ("unit page, with progress", staff, f"/learning/{module}/{unit.slug}/", 1.6),
        ("module page", staff, f"/learning/{module}/", 2.0),
        ("module page, 40 units", staff, "/learning/long/", 2.0),
        ("catalogue, 40 modules", staff, "/learning/", 2.0),
        ("My work", staff, "/my-work/", 2.0),
        ("My work of a partner", "partner@example.org", "/my-work/", 2.0),
        ("final check, before", staff, f"/learning/{module}/check/", 2.0),
        ("final check, 10 questions", staff, "/learning/long/check/", 2.0),
        ("certificate page", staff, f"/certificates/{certificate.code}/", 1.6),
        ("check a certificate", "", "/verify/", 1.6),
        ("framework", "", "/framework/", 2.0),
        ("examples", staff, "/evidence/", 2.0),
        ("one example", staff, f"/evidence/{example.pk}/", 2.3),
    ]


def cost(client, address: str) -> float:
    """Milliseconds of processor time for one request."""
    start = time.process_time()
    response = client.get(address)
    _ = response.content
    spent = (time.process_time() - start) * 1000
    assert response.status_code == 200, f"{response.status_code} at {address}"
    return spent


def measure_pages() -> None:
    """Every page beside a bare one, in turn, so that all share the same weather; medians of milliseconds and ratios."""
    from django.db import connection  # needs settings
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from people.models import User

    def client_of(email):
        client = Client()
        if email:
            client.force_login(User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
        return client

    rows = [(what, client_of(email), address, limit) for what, email, address, limit in pages()]
    nobody, bare = client_of(""), bare_page()
    times: list[list[float]] = [[] for _ in rows]
    bares: list[list[float]] = [[] for _ in rows]
    for turn in range(WARM + ROUNDS):
        for number, (_, client, address, _) in enumerate(rows):
            beside, spent = cost(nobody, bare), cost(client, address)
            if turn >= WARM:
                bares[number].append(beside)
                times[number].append(spent)
    every = statistics.median(chain.from_iterable(bares))
    print(f"load of the machine {os.getloadavg()[0]:.1f}; a bare page {every:.1f} ms")
    print(f"{'page':<28}{'ms':>8}{'ratio':>8}{'at most':>9}{'queries':>9}{'KB gzip':>9}")
    for number, (what, client, address, limit) in enumerate(rows):
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        ratio = statistics.median(ours / its for ours, its in zip(times[number], bares[number], strict=True))
        size = len(gzip.compress(response.content)) / 1024
        middle, mark = statistics.median(times[number]), "" if ratio <= limit else "  above"
        print(f"{what:<28}{middle:>8.1f}{ratio:>8.2f}{limit:>9.1f}{len(queries):>9}{size:>9.1f}{mark}")


def memory() -> int:
    """Megabytes that this process holds now."""
    pages_held = int(Path("/proc/self/statm").read_text().split()[1])
    return pages_held * os.sysconf("SC_PAGE_SIZE") // 1024**2


def measure_certificates(count: int) -> None:
    """One certificate, then many: processor time, size and memory."""
    from training.models import Certificate  # needs settings
    from training.pdf import certificate_pdf

    certificate = Certificate.objects.get(holder__email="staff@example.org")

    def made() -> float:
        start = time.process_time()
        certificate_pdf(certificate)
        return (time.process_time() - start) * 1000

    for _ in range(SETTLING):
        made()
    before = memory()
    each = statistics.median(made() for _ in range(count))
    size = len(certificate_pdf(certificate)) / 1024
    print(f"\ncertificates, {count}: {each:.1f} ms each (at most 12), {size:.0f} KB")
    print(f"memory: {before} MB before, {memory()} MB after (flat)")


if __name__ == "__main__":
    place = tempfile.mkdtemp(prefix="common-ground-bench-")
    try:
        prepare(place)
        long_lists()
        measure_pages()
        measure_certificates(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
    finally:
        shutil.rmtree(place, ignore_errors=True)
