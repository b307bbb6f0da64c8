"""Cost of our pages as ratios to a bare Wagtail page in the same run. Not a test: `python tests/bench/bench.py`.

Absolute times mean nothing on another day; the ratios are compared with what the design allows. What is counted is the
processor time of this process and not the clock, and a bare page is measured before each of ours, so that a busy
machine disturbs little. It works on a database of its own, filled with a body of 300 people, and leaves nothing behind.

A large body: name an empty PostgreSQL database in DATABASE_URL and say `--people 20000`; a body that is there already
is taken as it is. `--certificates`, `--records` say how many PDFs are made; `--at-once` how many people ask at once.
"""

import argparse
import gzip
import os
import shutil
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, WARM = 40, 8
LONG = 40  # units of the long module, and modules of the full catalogue
QUESTIONS = 10
SETTLING = 100  # certificates before memory is read for the first time: libraries have then settled
WHO = ("staff", "manager", "hr", "partner", "coordinator")
STAFF, MANAGER, HR, PARTNER, COORDINATOR = (f"{who}@example.org" for who in WHO)
SIXTY = "A room of sixty"


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


def load(people: int) -> None:
    """The demo in a body of so many people, unless it is there."""
    from django.core.management import call_command  # needs settings

    from cms.scale.people import DOMAIN
    from people.models import User

    if not User.objects.filter(email__endswith=f"@{DOMAIN}").exists():
        call_command("load_scale", people=people, modules=0, verbosity=0)
    ready_to_share()


def ready_to_share() -> None:
    """Morag has answered all that Isla's review asks."""
    from appraisal.enums import Part  # needs settings
    from appraisal.models import EvidenceEntry
    from appraisal.ratings import save_rating
    from people.transitions import person

    review = review_of("Isla Munro", "manager_review")
    example = EvidenceEntry.objects.of_owner(review.job_holder).shared().first()
    for rating in review.manager_part.ratings.all():
        if not rating.is_answered:
            data = {"mark": rating.behaviour.level, "examples": [example]}
            save_rating(rating.behaviour, Part.MANAGER, data, by=person(review.manager))


def review_of(name: str, state: str):
    """The review of somebody of the demo that stands so."""
    from appraisal.models import AppraisalReview  # needs settings

    return AppraisalReview.objects.get(job_holder__name=name, job_holder__email__endswith="@example.org", state=state)


def bare_page() -> str:
    """A page of rich text and nothing else, served by Wagtail to somebody who is not signed in."""
    from cms.models import HomePage, StandardPage  # needs settings

    home = HomePage.objects.first()
    if found := StandardPage.objects.filter(slug="bare-page-of-the-benchmark").first():
        return found.url
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

    if ModulePage.objects.filter(slug="long").exists():
        return
    cast = SimpleNamespace(ailsa=User.objects.get(email="staff@example.org"))
    rule = CompletionRule.UNITS_AND_CHECK
    start = many.long_module(cast, LONG, finished=LONG // 2, rule=rule, questions=QUESTIONS, pass_mark=1)
    CheckAttempt.objects.create(start=start, number=1, paper=start.module.check_paper())
    index = start.module.get_parent()
    many.many_pages(index, ModulePage, LONG - index.get_children().count(), summary="About it")


def room_of_sixty() -> str:
    """The page on which attendance is taken of sixty people, in a session that has begun."""
    from types import SimpleNamespace

    from people.models import User  # needs settings
    from tests.factories import many
    from training.models import JointSession

    session = JointSession.objects.filter(title=SIXTY).first()
    if session is None:
        cast = SimpleNamespace(priya=User.objects.get(email=COORDINATOR), rhona=User.objects.get(email=PARTNER))
        session = JointSession.objects.get(pk=many.begun_session(cast, 60).split("/")[0])
        JointSession.objects.filter(pk=session.pk).update(title=SIXTY)
    return f"/manage/sessions/{session.pk}/attendance/{session.dates.get().pk}/"


@dataclass
class Row:
    """One page: what it is, who looks, its address, the ratio that the design allows, and whether it is a form sent."""

    what: str
    who: str
    address: str
    limit: float
    sends: dict | None = None  # what is changed in the form before it is sent
    to: str = ""  # where the form goes, when not to its own page
    times: list = None
    bares: list = None


def pages(people: int) -> list[Row]:
    """Every page with its limit; addresses that are not there are said and left out."""
    rows = []
    for make in (learning_pages, session_pages, review_pages, lists):
        rows += make(people)
    return rows


def learning_pages(people: int) -> list[Row]:
    from appraisal.models import EvidenceConfirmation  # needs settings
    from training.models import Certificate, UnitPage

    module = "start-early-close-the-loop"
    unit = UnitPage.objects.live().filter(url_path__contains=f"/{module}/").order_by("path").first()
    certificate = Certificate.objects.get(holder__email=STAFF)
    example = EvidenceConfirmation.objects.get(email=PARTNER).entry
    return [
        Row("unit page, with progress", STAFF, f"/learning/{module}/{unit.slug}/", 1.6),
        Row("module page", STAFF, f"/learning/{module}/", 2.0),
        Row("module page, 40 units", STAFF, "/learning/long/", 2.0),
        Row("catalogue, 40 modules", STAFF, "/learning/", 2.0),
        Row("My work", STAFF, "/my-work/", 2.0),
        Row("My work of a manager", MANAGER, "/my-work/", 2.0),
        Row("My work of a partner", PARTNER, "/my-work/", 2.0),
        Row("final check, before", STAFF, f"/learning/{module}/check/", 2.0),
        Row("final check, 10 questions", STAFF, "/learning/long/check/", 2.0),
        Row("certificate page", STAFF, f"/certificates/{certificate.code}/", 1.6),
        Row("check a certificate", "", "/verify/", 1.6),
        Row("framework", "", "/framework/", 2.0),
        Row("examples", STAFF, "/evidence/", 2.0),
        Row("one example", STAFF, f"/evidence/{example.pk}/", 2.3),
    ]


def session_pages(people: int) -> list[Row]:
    """The catalogue, a place booked by one press, attendance of sixty, and the figures of a year."""
    from training.models import JointSession  # needs settings

    session = JointSession.objects.get(title="Disagreeing well: role swap")
    page, sixty = f"/sessions/{session.pk}/", room_of_sixty()
    return [
        Row("sessions", STAFF, "/sessions/", 3.0),
        Row("sessions, past", STAFF, "/sessions/?view=past", 3.0),
        Row("session page", STAFF, page, 3.0),
        Row("session: booking", STAFF, page, 4.0, sends={}, to=f"{page}book/"),
        Row("sessions as they are planned", COORDINATOR, "/manage/sessions/", 3.0),
        Row("attendance of 60", COORDINATOR, sixty, 4.0),
        Row("attendance of 60: all are here", COORDINATOR, sixty, 4.0, sends={}, to=f"{sixty}everyone/"),
        Row("who was in the room in a year", COORDINATOR, "/manage/participation/", 6.0),
        Row("venues", COORDINATOR, "/manage/venues/", 3.0),
    ]


def review_pages(people: int) -> list[Row]:
    """Morag writes about Isla with everything beside the form; Eilidh's review is closed."""
    isla, ailsa = review_of("Isla Munro", "manager_review"), review_of("Ailsa Grant", "self_review")
    callum, eilidh = review_of("Callum Drever", "shared"), review_of("Eilidh Baird", "closed")
    one = f"/reviews/{isla.pk}/behaviours/1/"
    return [
        Row("review: one behaviour", MANAGER, one, 2.3),
        Row("review: saving it", MANAGER, one, 2.3, sends={"words": "Other words than before."}),
        Row("review: the whole on one page", MANAGER, f"/reviews/{isla.pk}/whole/", 2.3),
        Row("review: check page", MANAGER, f"/reviews/{isla.pk}/check/", 2.3),
        Row("review: submitting all", MANAGER, f"/reviews/{isla.pk}/check/", 2.3, sends={}),
        Row("self-assessment: one", STAFF, f"/reviews/{ailsa.pk}/behaviours/2/", 2.3),
        Row("review as its person reads it", callum.job_holder.email, f"/reviews/{callum.pk}/", 2.3),
        Row("my reviews", STAFF, "/reviews/", 2.3),
        Row("record", eilidh.job_holder.email, f"/reviews/{eilidh.pk}/record/", 2.3),
        Row("how a level came about", MANAGER, f"/reviews/{eilidh.pk}/behaviours/1/how/", 2.3),
        Row("somebody of the team", MANAGER, f"/team/{isla.post_id}/", 3.0),
        Row("team page", MANAGER, "/team/", 3.0),
    ]


def lists(people: int) -> list[Row]:
    """What grows with the body."""
    from appraisal.models import AppraisalCycle  # needs settings
    from cms.scale.people import DOMAIN

    cycle = AppraisalCycle.objects.open().get(name__startswith="The whole body")
    return [
        Row(f"cycle page of {people:,}", HR, f"/manage/cycles/{cycle.pk}/", 3.0),
        Row(f"people, 50 of {people:,}, searched", HR, "/manage/posts/?q=an", 3.0),
        Row("team page of somebody else", f"p000001@{DOMAIN}", "/team/", 3.0),
        Row("My work of somebody else", f"p000001@{DOMAIN}", "/my-work/", 2.0),
    ]


class Fields(HTMLParser):
    """What the forms of a page would send as they stand."""

    def __init__(self):
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        of = dict(attrs)
        name, kind = of.get("name"), of.get("type", "text")
        if name and tag == "input" and (kind not in ("radio", "checkbox") or "checked" in of):
            self.found.append((name, of.get("value", "on")))
        if name and tag == "textarea":
            self.text = name

    def handle_data(self, data):
        if self.text:
            self.found.append((self.text, data.strip()))

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.text = ""


def cost(client, row: Row) -> float:
    """Milliseconds of processor time for one request. A form is filled from its page; its writing is taken back."""
    from django.db import transaction  # needs settings

    if row.sends is None:
        return spent(lambda: client.get(row.address), row, 200)
    fields = Fields()
    fields.feed(client.get(row.address).content.decode())
    data = urlencode([*((name, text) for name, text in fields.found if name not in row.sends), *row.sends.items()])
    with transaction.atomic():
        milliseconds = spent(
            lambda: client.post(row.to or row.address, data, content_type="application/x-www-form-urlencoded"), row, 302
        )
        transaction.set_rollback(True)
    return milliseconds


def spent(ask, row: Row, expected: int) -> float:
    """Processor time of one answer."""
    start = time.process_time()
    response = ask()
    _ = response.content
    milliseconds = (time.process_time() - start) * 1000
    assert response.status_code == expected, f"{response.status_code} at {row.address}"
    return milliseconds


def client_of(email: str):
    from django.test import Client  # needs settings

    from people.models import User

    client = Client()
    if email:
        client.force_login(User.objects.get(email=email), backend="django.contrib.auth.backends.ModelBackend")
    return client


def there(rows: list[Row]) -> list[Row]:
    """The rows whose page can be opened now."""
    found = []
    for row in rows:
        status = client_of(row.who).get(row.address).status_code
        if status == 200:
            found.append(row)
        else:
            print(f"left out: {row.what}, {status} at {row.address}")
    return found


def measure_pages(rows: list[Row]) -> None:
    """Every page beside a bare one, in turn, so that all share the same weather; medians of milliseconds and ratios."""
    from django.db import connection  # needs settings
    from django.test.utils import CaptureQueriesContext

    clients = {row.who: client_of(row.who) for row in rows}
    nobody, bare = client_of(""), Row("bare", "", bare_page(), 1.0)
    for row in rows:
        row.times, row.bares = [], []
    for turn in range(WARM + ROUNDS):
        for row in rows:
            beside, ours = cost(nobody, bare), cost(clients[row.who], row)
            if turn >= WARM:
                row.bares.append(beside)
                row.times.append(ours)
    every = statistics.median(chain.from_iterable(row.bares for row in rows))
    print(f"load of the machine {os.getloadavg()[0]:.1f}; a bare page {every:.1f} ms")
    print(f"{'page':<32}{'ms':>8}{'ratio':>8}{'at most':>9}{'queries':>9}{'KB gzip':>9}")
    for row in rows:
        with CaptureQueriesContext(connection) as queries:
            cost(clients[row.who], row)
            own = len(queries) if row.sends is None else "-"  # the next request empties the list
        shown = client_of(row.who).get(row.address)
        ratio = statistics.median(ours / its for ours, its in zip(row.times, row.bares, strict=True))
        size = len(gzip.compress(shown.content)) / 1024
        middle, mark = statistics.median(row.times), "" if ratio <= row.limit else "  above"
        print(f"{row.what:<32}{middle:>8.1f}{ratio:>8.2f}{row.limit:>9.1f}{own:>9}{size:>9.1f}{mark}")


def measure_at_once(rows: list[Row], count: int) -> None:
    """The time by the clock that nineteen of twenty requests take when so many ask at once."""
    from django.db import connections  # needs settings

    def ask(row: Row) -> float:
        start = time.perf_counter()
        client = clients[row.who]
        _ = client.get(row.address).content
        connections.close_all()
        return (time.perf_counter() - start) * 1000

    rows = [row for row in rows if row.sends is None]
    clients = {row.who: client_of(row.who) for row in rows}
    print(f"\n{count} at once{'':<22}{'median ms':>10}{'p95 ms':>9}")
    for row in rows:
        with ThreadPoolExecutor(count) as pool:
            times = sorted(pool.map(ask, [row] * (count * 10)))
        print(f"{row.what:<32}{times[len(times) // 2]:>10.0f}{times[int(len(times) * 0.95)]:>9.0f}")


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


def measure_records(count: int) -> None:
    """One record after the other, of different people: processor time, size and memory."""
    from appraisal.models import ReviewRecord  # needs settings
    from appraisal.record_pdf import record_pdf

    found = list(ReviewRecord.objects.order_by("pk")[: SETTLING + count])
    sizes = []

    def made(record) -> float:
        start = time.process_time()
        sizes.append(len(record_pdf(record)) / 1024)
        return (time.process_time() - start) * 1000

    for record in found[:SETTLING]:
        made(record)
    before, rest = memory(), found[SETTLING:]
    each = statistics.median(made(record) for record in rest)
    middle, largest = statistics.median(sizes), max(sizes)
    print(f"\nrecords, {len(rest)}: {each:.0f} ms each, {middle:.0f} KB, the largest {largest:.0f} KB")
    print(f"memory: {before} MB before, {memory()} MB after (flat)")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--people", type=int, default=300)
    asked.add_argument("--certificates", type=int, default=1000)
    asked.add_argument("--records", type=int, default=300)
    asked.add_argument("--at-once", type=int, default=0)
    said = asked.parse_args()
    place = tempfile.mkdtemp(prefix="common-ground-bench-")
    try:
        prepare(place)
        load(said.people)
        long_lists()
        rows = there(pages(said.people))
        measure_pages(rows)
        if said.at_once:
            measure_at_once(rows, said.at_once)
        measure_certificates(said.certificates)
        measure_records(said.records)
    finally:
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
