"""Cost of our pages as ratios to a bare Wagtail page in the same run. Not a test: `python tests/bench/bench.py`.

Absolute times mean nothing on another day; the ratios are compared with what the design allows. It works on a
database of its own, loaded with the demo, and leaves nothing behind.
"""

import gzip
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, WARM = 40, 8
SAFE_LENGTH = 100  # certificates before memory is read for the first time: libraries have then settled


def prepare() -> None:
    """A database in a temporary folder, and the settings of the tests, whose mail and files stay there too."""
    sys.path.insert(0, str(ROOT))
    os.chdir(ROOT)
    folder = tempfile.mkdtemp(prefix="common-ground-bench-")
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    import django  # settings must be named first

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.DEMO = True
    settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app != "zeal"]
    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)


def bare_page() -> str:
    """A page of rich text and nothing else, served by Wagtail to somebody who is not signed in."""
    from cms.models import HomePage, StandardPage  # needs settings

    home = HomePage.objects.first()
    page = StandardPage(title="Bare", slug="bare-page-of-the-benchmark", body="<p>Plain words.</p>" * 20)
    home.add_child(instance=page)
    return page.url


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
        ("catalogue", staff, "/learning/", 2.0),
        ("My work", staff, "/my-work/", 2.0),
        ("My work of a partner", "partner@example.org", "/my-work/", 2.0),
        ("final check", staff, f"/learning/{module}/check/", 2.0),
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
    """Every page and the bare one in turn, so that all share the same weather; medians and ratios."""
    from django.db import connection  # needs settings
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from people.models import User

    def client_of(email):
        client = Client()
        if email:
            client.force_login(User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
        return client

    rows = [("bare Wagtail page", "", bare_page(), 1.0), *pages()]
    clients = [client_of(email) for _, email, _, _ in rows]
    times: list[list[float]] = [[] for _ in rows]
    for turn in range(WARM + ROUNDS):
        for number, (_, _, address, _) in enumerate(rows):
            spent = cost(clients[number], address)
            if turn >= WARM:
                times[number].append(spent)
    bare = statistics.median(times[0])
    print(f"{'page':<28}{'ms':>8}{'ratio':>8}{'at most':>9}{'queries':>9}{'KB gzip':>9}")
    for number, (what, _, address, limit) in enumerate(rows):
        with CaptureQueriesContext(connection) as queries:
            response = clients[number].get(address)
        middle = statistics.median(times[number])
        mark = "" if middle / bare <= limit else "  above"
        size = len(gzip.compress(response.content)) / 1024
        print(f"{what:<28}{middle:>8.1f}{middle / bare:>8.2f}{limit:>9.1f}{len(queries):>9}{size:>9.1f}{mark}")


def memory() -> int:
    """Megabytes of this process at its highest so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure_certificates(count: int) -> None:
    """One certificate, then many: rate, size and memory."""
    from training.models import Certificate  # needs settings
    from training.pdf import certificate_pdf

    certificate = Certificate.objects.get(holder__email="staff@example.org")
    start = time.perf_counter()
    first = certificate_pdf(certificate)
    print(f"\ncertificate, the first: {(time.perf_counter() - start) * 1000:.0f} ms, {len(first) / 1024:.0f} KB")
    for _ in range(SAFE_LENGTH):
        certificate_pdf(certificate)
    before, start = memory(), time.perf_counter()
    for _ in range(count):
        certificate_pdf(certificate)
    each = (time.perf_counter() - start) * 1000 / count
    print(f"certificates, {count}: {each:.1f} ms each (at most 12), memory {before} MB -> {memory()} MB (flat)")


if __name__ == "__main__":
    prepare()
    measure_pages()
    measure_certificates(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
