"""Forms of the framework: a behaviour, the texts of a version, a role profile, an agreement, the private look."""

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.enums import SIDES, Level
from partnerships.framework import CELLS
from partnerships.layout import BehaviourRow, Layout
from partnerships.models import BehaviourText, FrameworkVersion, RoleProfile, SponsorAgreement
from people.enums import Side

ACT_LENGTH = 400


def _area(label: str, rows: int, help_text: str = "", required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


class LinesField(forms.CharField):
    """Several short texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value):
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        lines = [line for line in lines if line]
        if too_long := next((line for line in lines if len(line) > ACT_LENGTH), None):
            raise forms.ValidationError(
                _("“%(start)s” is longer than %(most)s characters."),
                params={"start": Truncator(too_long).chars(40), "most": ACT_LENGTH},
            )
        return lines


class SeenForm(forms.Form):
    """Carries the version of the record that the person was looking at."""

    use_required_attribute = False
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class BehaviourTextForm(SeenForm):
    """All words of one behaviour, for both sides, on one page."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    short_name = forms.CharField(
        label=gettext_lazy("Short name"), help_text=gettext_lazy("Stands on cards and lists."), max_length=60
    )
    definition = _area(gettext_lazy("What it means"), 3, required=True)
    why = _area(gettext_lazy("Why it matters"), 5, required=True)
    principles = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Principles it serves"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, text: BehaviourText, level_names: dict[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.level_names = level_names
        self.fields["principles"].queryset = text.version.principles.all()
        for level, side in CELLS:
            self.fields[f"text_{level}_{side}"] = _area(_("In one sentence"), 3)
            self.fields[f"acts_{level}_{side}"] = LinesField(
                label=_("What you would see"), help_text=_("One act on each line."), required=False
            )
        for side in Side.values:
            self.fields[f"obstacles_{side}"] = LinesField(
                label=SIDES[side], help_text=_("One act on each line."), required=False
            )

    @staticmethod
    def start_values(row: BehaviourRow, seen: int) -> dict:
        """What the form shows first: the words as they stand."""
        text = row.text
        values = {name: getattr(text, name) for name in ("name", "short_name", "definition", "why")}
        values |= {"seen": seen, "principles": list(text.principles.all())}
        for level in row.levels:
            for side, words in ((Side.STAFF, level.staff), (Side.PARTNER, level.partner)):
                values[f"text_{level.number}_{side}"] = words.text
                values[f"acts_{level.number}_{side}"] = "\n".join(words.acts)
        return values | {f"obstacles_{side}": "\n".join(acts) for side, acts in row.obstacles.items()}

    def levels(self):
        """The fields of each level, side by side."""
        return [
            {
                "number": level,
                "name": self.level_names.get(level, Level(level).label),
                "sides": [
                    {"label": SIDES[side], "fields": [self[f"text_{level}_{side}"], self[f"acts_{level}_{side}"]]}
                    for side in Side.values
                ],
            }
            for level in Level.values
        ]

    def obstacles(self):
        """The fields for what gets in the way."""
        return [self[f"obstacles_{side}"] for side in Side.values]

    def words(self) -> dict:
        """The clean words as framework.save_behaviour_text takes them."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("name", "short_name", "definition", "why", "principles")},
            "levels": {(level, side): data[f"text_{level}_{side}"] for level, side in CELLS},
            "acts": {(level, side): data[f"acts_{level}_{side}"] for level, side in CELLS},
            "obstacles": {side: data[f"obstacles_{side}"] for side in Side.values},
        }


class VersionTextsForm(SeenForm):
    """Title, introduction, the four principles and the names of the four levels."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    introduction = _area(gettext_lazy("Introduction"), 8, gettext_lazy("An empty line starts a paragraph."))

    def __init__(self, *args, version: FrameworkVersion, **kwargs):
        super().__init__(*args, **kwargs)
        self.principle_rows, self.level_rows = list(version.principles.all()), list(version.levels.all())
        for row in self.principle_rows:
            self._add(f"principle_{row.code}", row, 80)
        for row in self.level_rows:
            self._add(f"level_{row.number}", row, 60)

    def _add(self, key, row, name_length):
        self.fields[f"{key}_name"] = forms.CharField(label=_("Name"), max_length=name_length, initial=row.name)
        self.fields[f"{key}_text"] = _area(_("Text"), 3, required=True)
        self.fields[f"{key}_text"].initial = row.text

    def principles(self):
        """The fields of each principle."""
        return [(row, self._pair(f"principle_{row.code}")) for row in self.principle_rows]

    def levels(self):
        """The fields of each level."""
        return [(row, self._pair(f"level_{row.number}")) for row in self.level_rows]

    def _pair(self, key):
        return [self[f"{key}_name"], self[f"{key}_text"]]

    def words(self) -> dict:
        """The clean words as framework.save_version_texts takes them."""
        data = self.cleaned_data

        def pair(key):
            return data[f"{key}_name"], data[f"{key}_text"]

        return {
            "title": data["title"],
            "introduction": data["introduction"],
            "principles": {row.code: pair(f"principle_{row.code}") for row in self.principle_rows},
            "levels": {row.number: pair(f"level_{row.number}") for row in self.level_rows},
        }


class ProfileForm(SeenForm):
    """Expected levels of one family of jobs: at most five behaviours."""

    MOST = 5

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)

    def __init__(self, *args, profile: RoleProfile, texts: list[BehaviourText], level_names: dict[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        expected = {item.behaviour_text_id: item.level for item in profile.items.all()}
        choices = [("", _("Not rated in this role")), *level_names.items()]
        self.texts = texts
        for text in texts:
            self.fields[f"level_{text.pk}"] = forms.TypedChoiceField(
                label=text.short_name,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=expected.get(text.pk, ""),
            )
        self.fields["name"].initial = profile.name

    def level_fields(self):
        """One field for each behaviour."""
        return [self[f"level_{text.pk}"] for text in self.texts]

    def levels(self) -> dict[int, int]:
        """Expected level by the id of the behaviour's text."""
        chosen = {text.pk: self.cleaned_data.get(f"level_{text.pk}") for text in self.texts}
        return {pk: level for pk, level in chosen.items() if level}

    def clean(self):
        chosen = len(self.levels())
        if chosen > self.MOST:
            raise forms.ValidationError(
                _("Choose at most %(most)s behaviours. You have chosen %(chosen)s."),
                params={"most": self.MOST, "chosen": chosen},
            )
        if not chosen:
            raise forms.ValidationError(_("Choose at least one behaviour."))


class AgreementForm(SeenForm):
    """Who agreed for one side, and when."""

    name = forms.CharField(label=gettext_lazy("Name of the sponsor"), max_length=200)
    role = forms.CharField(
        label=gettext_lazy("Their role"),
        help_text=gettext_lazy("For example, chief executive, or chair."),
        max_length=120,
    )
    organisation = forms.CharField(label=gettext_lazy("Organisation"), max_length=200)
    agreed_on = forms.DateField(
        label=gettext_lazy("Agreed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean_agreed_on(self):
        day = self.cleaned_data["agreed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("The date must be today or in the past."))
        return day

    @staticmethod
    def start_values(agreement: SponsorAgreement | None, seen: int) -> dict:
        """The sponsor as recorded before, so that asking again needs no typing."""
        if agreement is None:
            return {"seen": seen, "agreed_on": timezone.localdate()}
        return {"seen": seen, "name": agreement.name, "role": agreement.role, "organisation": agreement.organisation}


class LookForm(forms.Form):
    """My private look: for each behaviour one of the levels, or nothing, and a note."""

    use_required_attribute = False

    def __init__(self, *args, page: Layout, side: str, looks: dict, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.page = page
        for row in page.behaviours:
            look = looks.get(row.text.behaviour_id)
            self.fields[f"level_{row.slug}"] = forms.TypedChoiceField(
                label=_("Where I see myself"),
                choices=[*self._choices(row, side), ("", _("Nothing for now"))],
                coerce=int,
                empty_value=None,
                required=False,
                initial=look.level if look and look.level else "",
                widget=forms.RadioSelect,
            )
            self.fields[f"note_{row.slug}"] = forms.CharField(
                label=_("Note to myself"),
                required=False,
                max_length=2000,
                initial=look.note if look else "",
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    @staticmethod
    def _choices(row, side):
        for level in row.levels:
            words = level.staff if side == Side.STAFF else level.partner
            yield level.number, format_html("<b>{}</b><span class='hint'>{}</span>", level.name, words.text)

    def rows(self):
        """Each behaviour with its two fields."""
        return [(row, self[f"level_{row.slug}"], self[f"note_{row.slug}"]) for row in self.page.behaviours]

    def answers(self) -> dict:
        """Level and note by behaviour id."""
        data = self.cleaned_data
        return {
            row.text.behaviour_id: (data[f"level_{row.slug}"], data[f"note_{row.slug}"].strip())
            for row in self.page.behaviours
        }
