"""How forms look: our field template, plain controls, no browser validation. What a form asks stands in its app."""

from functools import cache

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

CHOICE_TEMPLATES = {
    "django/forms/widgets/radio.html": "forms/choices.html",
    "django/forms/widgets/checkbox_select.html": "forms/choices.html",
}
# The browser would cut a pasted text without a word, or show its own messages; the server says it in ours.
SILENT = ("required", "maxlength", "minlength", "placeholder")
UNBOXED = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)


@cache
def _keeps_its_own_look(form_class: type) -> bool:
    """Forms of the Wagtail admin have a look and scripts of their own."""
    return any(base.__module__.partition(".")[0] == "wagtail" for base in form_class.__mro__)


class PlainBoundField(BoundField):
    """A field that knows its hint, its counter and where an error summary should lead."""

    def __init__(self, form, field, name):
        super().__init__(form, field, name)
        self.plain = not _keeps_its_own_look(type(form))
        if self.plain:
            _dress(field.widget)
            _say_what_is_missing(field, self.label)

    @property
    def is_checkbox(self) -> bool:
        """True for a single tick, whose label stands beside it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def limit(self) -> int | None:
        """The number of characters a long text may have; a counter is shown for it."""
        return self.field.max_length if isinstance(self.field.widget, forms.Textarea) else None

    @property
    def first_id(self) -> str:
        """The id of the first control: where the error summary leads."""
        if isinstance(self.field.widget, forms.SelectDateWidget):
            return f"{self.auto_id}_day"
        return f"{self.auto_id}_0" if self.use_fieldset else self.id_for_label

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if described is None or not (self.plain and self.limit and self.auto_id):
            return described
        return f"{described} {self.auto_id}-c".strip()

    def build_widget_attrs(self, attrs, widget=None):
        """Without the attributes that make the browser check for itself."""
        built = super().build_widget_attrs(attrs, widget)
        if not self.plain:
            return built
        built.update(dict.fromkeys(SILENT, False))
        if self.limit:
            built["data-count"] = self.limit
        return built


def _dress(widget: forms.Widget) -> None:
    """Our class, our templates for choices, and the browser's own calendar for a plain date."""
    widget.template_name = CHOICE_TEMPLATES.get(widget.template_name, widget.template_name)
    if type(widget) is forms.DateInput and widget.input_type == "text":
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    if type(widget) is forms.DateTimeInput and widget.input_type == "text":
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    if isinstance(widget, forms.MultiWidget):
        for part in widget.widgets:
            _dress(part)
    if isinstance(widget, UNBOXED) or widget.is_hidden:
        return
    classes = widget.attrs.get("class", "").split()
    if "input" not in classes:
        widget.attrs["class"] = " ".join([*classes, "input"])


def _say_what_is_missing(field: forms.Field, label: str) -> None:
    """The error of an empty field names the field, unless the form has words of its own."""
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        words = _("Choose an answer: %(label)s") if field.widget.use_fieldset else _("Fill this in: %(label)s")
        field.error_messages["required"] = words % {"label": label}


class Renderer(TemplatesSetting):
    """Form and field templates from templates/forms/; everything else as Django and Wagtail have it."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = PlainBoundField
