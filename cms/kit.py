"""Example data for the page that shows every component; nothing else uses it."""

import datetime
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator

LEVELS = [
    ("1", "With prompting"),
    ("2", "Reliably"),
    ("3", "Helps the group"),
    ("4", "Changes how we work"),
]

ICONS = (
    "tick check clock arrow-right arrow-left info warning download lock link people person "
    "question eye document award calendar place search mail pencil plus chat"
)


class ExampleForm(forms.Form):
    """One field of each kind, sent with mistakes so that the errors show."""

    title = forms.CharField(label="What happened, in a few words", max_length=120)
    story = forms.CharField(
        label="Tell the story",
        help_text="Describe one moment. Ewan will read this.",
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    day = forms.DateField(label="When was it?", required=False, widget=forms.DateInput)
    level = forms.ChoiceField(
        label="Which words fit most of the time?", choices=LEVELS, widget=forms.RadioSelect, help_text="Choose one."
    )
    partnership = forms.ChoiceField(
        label="Partnership", choices=[("", "None"), ("varrach", "Varrach Flood Warning Group")], required=False
    )
    behaviours = forms.MultipleChoiceField(
        label="What does it show?",
        choices=[("time", "Shares information early"), ("listen", "Listens and includes")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label="Add a file", required=False, help_text="PDF, Word or picture, up to 10 MB.")
    agree = forms.BooleanField(label="You may show my name", required=False, help_text="Off means nobody sees it.")


def _link(label, current=False, **more):
    return SimpleNamespace(label=label, url="#", current=current, **more)


def examples() -> dict:
    """The context of the kit page."""
    wrong = ExampleForm({"title": "", "story": "It was a Tuesday.", "day": "31 February", "level": ""})
    moves = [
        (SimpleNamespace(name="send", label="Send it to Rhona"), []),
        (SimpleNamespace(name="share", label="Share with my line manager"), []),
        (
            SimpleNamespace(name="sign", label="Sign the review"),
            ["Two behaviours have no level yet.", "Set a day to meet first."],
        ),
    ]
    return {
        "plain_form": ExampleForm(
            prefix="plain", initial={"story": "The same-day call to the farm network.", "level": "2"}
        ),
        "wrong_form": wrong,
        "moves": moves,
        "tabs": [_link("All", True, count=5), _link("Waiting for me", count=2), _link("Shared", count=0)],
        "chips": [_link("Any stage", True), _link("Not started"), _link("Ready to share")],
        "steps": [
            _link("Builds trust", done=True, state="Answered"),
            _link("Shares information early", True, state="Now"),
            _link("Listens and includes", done=True, state="Answered"),
            _link("Agrees shared goals", state="To do"),
            _link("Follows through", state="To do"),
            _link("Learns together", state="To do"),
        ],
        "page": Paginator(range(200), 20).page(4),
        "day": datetime.date(2026, 11, 26),
        "names": ["Shares information early", "Listens and includes"],
        "facts": [("Modules completed", "4"), ("Certificates", "4")],
        "icons": ICONS.split(),
    }
