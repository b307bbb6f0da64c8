"""Every page state: no axe violation, light enough, and never wider than the screen."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from training.models import Certificate

WEIGHT, REQUESTS = 60 * 1024, 12
FIRST, SECOND = "why-we-work-in-partnership", "start-early-close-the-loop"
PAGES = [
    ("", "/"),
    ("", "/framework/"),
    ("", "/good-practice/"),
    ("", "/verify/"),
    ("", "/verify/0000-0000-0000-0000/"),
    ("", "/accounts/login/"),
    ("", "/accounts/login/code/"),
    ("", "/accounts/signup/"),
    ("", "/no-such-page/"),
    ("staff@example.org", "/my-work/"),
    ("partner@example.org", "/my-work/"),
    ("manager@example.org", "/my-work/"),
    ("coordinator@example.org", "/my-work/"),
    ("editor@example.org", "/my-work/"),
    ("staff@example.org", "/account/"),
    ("staff@example.org", "/learning/"),
    ("staff@example.org", "/learning/?q=nothing-like-this"),
    ("union@example.org", f"/learning/{SECOND}/"),
    ("staff@example.org", f"/learning/{SECOND}/"),
    ("staff@example.org", f"/learning/{FIRST}/"),
    ("staff@example.org", "FIRST UNIT"),
    ("staff@example.org", f"/learning/{SECOND}/check/"),
    ("staff@example.org", f"/learning/{FIRST}/result/"),
    ("partner@example.org", "/sessions/"),
    ("partner@example.org", "/sessions/?view=past"),
    ("partner@example.org", "SESSION"),
    ("lead@example.org", "SESSION"),
    ("staff@example.org", "/certificates/"),
    ("partner@example.org", "/certificates/"),
    ("staff@example.org", "CERTIFICATE"),
    ("coordinator@example.org", "/manage/"),
    ("coordinator@example.org", "/manage/policies/"),
    ("coordinator@example.org", "/manage/certificates/"),
    ("editor@example.org", "/manage/framework/"),
    ("staff@example.org", "/evidence/"),
    ("union@example.org", "/evidence/"),
    ("staff@example.org", "/evidence/add/"),
    ("staff@example.org", "EXAMPLE"),
    ("staff@example.org", "ASK"),
    ("staff@example.org", "/partnerships/"),
    ("staff@example.org", "/framework/my-look/"),
    ("staff@example.org", "RECORD"),
    ("staff@example.org", "RECORD add/"),
    ("staff@example.org", "LEVEL closed"),
    ("staff@example.org", "LEVEL self_review"),
    ("staff@example.org", "OWN SIDE behaviours/2/"),
    ("staff@example.org", "OWN SIDE whole/"),
    ("staff@example.org", "OWN SIDE summary/"),
    ("staff@example.org", "OWN SIDE check/"),
    ("manager@example.org", "TEAM SIDE behaviours/1/"),
    ("manager@example.org", "TEAM SIDE whole/"),
    ("manager@example.org", "TEAM SIDE summary/"),
    ("manager@example.org", "TEAM SIDE check/"),
    ("hr@example.org", "/manage/cycles/"),
    ("hr@example.org", "/manage/cycles/add/"),
    ("hr@example.org", "DRAFT people/"),
    ("hr@example.org", "DRAFT leave-out/"),
    ("hr@example.org", "DRAFT check/"),
    ("hr@example.org", "/manage/posts/"),
    ("hr@example.org", "/manage/posts/add/"),
    ("hr@example.org", "/manage/posts/teams/"),
    ("hr@example.org", "/manage/posts/cover/"),
    ("manager@example.org", "/team/"),
    ("manager@example.org", "/team/?show=closed"),
    ("coordinator@example.org", "/team/"),
    ("manager@example.org", "PERSON /"),
    ("manager@example.org", "PERSON /talk/"),
    ("manager@example.org", "PERSON /note/"),
    ("staff@example.org", "/reviews/notes/"),
    ("staff@example.org", "NOTE"),
    ("staff@example.org", "/reviews/steps/"),
    ("staff@example.org", "/reviews/"),
    ("countersigner@example.org", "/reviews/"),
    ("lead@example.org", "/reviews/"),
    ("staff@example.org", "REVIEW self_review"),
    ("staff@example.org", "REVIEW closed"),
    ("manager@example.org", "REVIEW manager_review"),
    ("manager@example.org", "REVIEW shared"),
    ("countersigner@example.org", "REVIEW answered"),
    ("countersigner@example.org", "REVIEW answered fair/"),
    ("countersigner@example.org", "MY OWN answer/"),
    ("hr@example.org", "CYCLE"),
    ("hr@example.org", "CYCLE ?tab=shared"),
    ("hr@example.org", "CYCLE ?tab=late"),
    ("hr@example.org", "CYCLE remind/?ticked=all"),
    ("hr@example.org", "CYCLE show-levels/"),
    ("hr@example.org", "CYCLE close/"),
    ("hr@example.org", "ENVELOPE"),
    ("hr@example.org", "ENVELOPE hand-over/"),
    ("hr@example.org", "ENVELOPE void/"),
    ("hr@example.org", "ENVELOPE open/"),
    ("staff@example.org", "/cms/"),
]
STATES = [pytest.param(who, where, id=f"{who.split('@')[0] or 'nobody'} {where}") for who, where in PAGES]
STATES = STATES[:-1]  # the content admin is Wagtail's own


def address(where: str) -> str:
    # records of the demo behind the words
    from appraisal.models import AppraisalReview, EvidenceConfirmation, ManagerNote
    from people.models import Post
    from training.models import JointSession, UnitPage

    if where == "FIRST UNIT":
        unit = UnitPage.objects.live().filter(url_path__contains=FIRST).order_by("path").first()
        return f"/learning/{FIRST}/{unit.slug}/"
    if where == "SESSION":
        return f"/sessions/{JointSession.objects.get(title='Starting early together').pk}/"
    if where == "CERTIFICATE":
        return f"/certificates/{Certificate.objects.get(holder__email='staff@example.org').code}/"
    if where.startswith(("RECORD", "LEVEL")):
        kind, _space, more = where.partition(" ")
        state = more if kind == "LEVEL" else "closed"
        review = AppraisalReview.objects.filter(job_holder__email="staff@example.org", state=state).first()
        return f"/reviews/{review.pk}/" + (f"record/{more}" if kind == "RECORD" else "behaviours/1/how/")
    if where in {"EXAMPLE", "ASK"}:
        entry = EvidenceConfirmation.objects.get(email="partner@example.org").entry_id
        return f"/evidence/{entry}/" + ("ask/" if where == "ASK" else "")
    if where.startswith("DRAFT "):
        return f"/manage/cycles/{draft_of_everybody().pk}/{where.removeprefix('DRAFT ')}"
    if where.startswith("PERSON"):
        return f"/team/{Post.objects.get(person__email='staff@example.org').pk}{where.removeprefix('PERSON ')}"
    if where == "NOTE":
        note = ManagerNote.objects.filter(person__email="staff@example.org", answer="").first()
        return f"/reviews/notes/{note.pk}/answer/"
    if where.startswith("REVIEW"):
        state, _space, page = where.removeprefix("REVIEW ").partition(" ")
        team = AppraisalReview.objects.filter(state=state, manager__email="manager@example.org")
        return f"/reviews/{team.order_by('cycle_id', 'job_holder__name').first().pk}/{page}"
    if where.startswith("MY OWN"):
        own = AppraisalReview.objects.get(state="shared", job_holder__email="countersigner@example.org")
        return f"/reviews/{own.pk}/{where.removeprefix('MY OWN ')}"
    if where.startswith(("CYCLE", "ENVELOPE")):
        kind, _space, more = where.partition(" ")
        review = AppraisalReview.objects.filter(state="shared", manager__email="manager@example.org").first()
        if kind == "ENVELOPE":
            return f"/manage/reviews/{review.pk}/{more}"
        ticked = "&".join(f"review={pk}" for pk in review.cycle.reviews.values_list("pk", flat=True))
        return f"/manage/cycles/{review.cycle_id}/{more.replace('ticked=all', ticked)}"
    side, _, page = where.partition(" SIDE ")
    if page:
        state = {"OWN": "self_review", "TEAM": "manager_review"}[side]
        review = AppraisalReview.objects.filter(state=state, manager__email="manager@example.org").first()
        return f"/reviews/{review.pk}/{page}"
    return where


def draft_of_everybody():
    """A cycle like the one that is open, over all teams, nobody left out: some of them have to be solved."""
    from appraisal.drafts import start_draft, values_of_next_year  # the rules behind the page
    from appraisal.models import AppraisalCycle
    from people.models import Team, User

    tom, open_one = User.objects.get(email="hr@example.org"), AppraisalCycle.objects.open().first()
    cycle = start_draft(values_of_next_year(open_one) | {"purpose": open_one.purpose}, by=tom)
    cycle.teams.set(Team.objects.all())
    return cycle


def violations(page, **options) -> list[str]:
    found = Axe().run(page, options=options or None).response["violations"]
    return [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize(("who", "where"), STATES)
def test_a_page_state(visit, who, where):
    window = visit(who, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page, weights = window.page, []
    page.on("response", lambda response: weights.append(response))
    response = page.goto(address(where), wait_until="networkidle")
    assert response.status < 500
    assert who == "" or "/accounts/login/" not in page.url

    sizes = {r.url: len(gzip.compress(r.body())) for r in weights if r.status == 200 or r is response}
    pictures = [url for url in sizes if url.endswith((".png", ".jpg", ".webp"))]
    assert sum(size for url, size in sizes.items() if url not in pictures) <= WEIGHT, sizes
    assert len(weights) <= REQUESTS, [r.url for r in weights]

    wrong = {"390 light": violations(page)}
    page.set_viewport_size({"width": 1280, "height": 900})
    wrong["1280 light"] = violations(page)
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(400)  # colours glide from one scheme to the other
    wrong["1280 dark"] = violations(page, runOnly=["color-contrast"])
    assert {name: found for name, found in wrong.items() if found} == {}

    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.get_by_role("heading", level=1).count() == 1
