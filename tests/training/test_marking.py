"""Marking is plain data in and out, whatever comes in."""

from hypothesis import given
from hypothesis import strategies as st

from training import marking

IDS = ["a", "b", "c", "d", "e"]


@st.composite
def questions(draw, number=0):
    ids = draw(st.lists(st.sampled_from(IDS), min_size=2, max_size=5, unique=True))
    multiple = draw(st.booleans())
    right = draw(st.sets(st.sampled_from(ids), min_size=1, max_size=len(ids) if multiple else 1))
    options = [{"id": i, "text": i, "right": i in right, "explanation": "why"} for i in ids]
    return {"id": f"q{number}", "text": "?", "multiple": multiple, "options": options}


@st.composite
def papers(draw):
    count = draw(st.integers(1, 8))
    return {"questions": [draw(questions(n)) for n in range(count)], "pass_mark": draw(st.integers(0, 12))}


answers = st.dictionaries(
    st.sampled_from([f"q{n}" for n in range(9)]), st.lists(st.sampled_from([*IDS, "x", ""]), max_size=6)
)


@given(papers(), answers)
def test_marking_score_and_wrong_answers_make_up_the_paper(paper, given_answers):
    marked = marking.mark(paper, given_answers)

    assert marked.score + len(marked.wrong) == marked.out_of == len(paper["questions"])
    assert marked.passed == (marked.score >= min(paper["pass_mark"], marked.out_of))


@given(papers())
def test_marking_all_right_always_passes(paper):
    right = {q["id"]: list(marking.right_options(q)) for q in paper["questions"]}

    assert marking.mark(paper, right) == marking.Marked(len(paper["questions"]), len(paper["questions"]), True, ())


@given(questions(), st.lists(st.sampled_from([*IDS, "x"]), max_size=6))
def test_marking_is_right_only_for_exactly_the_right_set(question, chosen):
    known = marking.known_options(question, chosen)

    assert marking.is_right(question, known) == (set(known) == marking.right_options(question))
    assert set(known) <= set(chosen)
    assert len(known) <= 1 or question["multiple"]


@given(questions())
def test_marking_ticking_everything_is_right_only_when_everything_is(question):
    everything = marking.known_options(question, IDS)

    assert marking.is_right(question, everything) == (set(everything) == marking.right_options(question))


@given(papers(), answers)
def test_marking_order_and_repetition_of_answers_change_nothing(paper, given_answers):
    def keep(found):
        return {q["id"]: marking.known_options(q, found.get(q["id"], [])) for q in paper["questions"]}

    doubled = {key: list(reversed(value)) + value for key, value in given_answers.items()}

    assert marking.mark(paper, keep(given_answers)) == marking.mark(paper, keep(doubled))
