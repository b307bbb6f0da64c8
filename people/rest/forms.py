"""Forms of the pages behind the API: what they would not take is refused in their own sentences."""

from django import forms
from rest_framework.exceptions import ValidationError


def cleaned(form: forms.Form) -> forms.Form:
    """The form once it is valid; else 400, each sentence with the path of its field."""
    if not form.is_valid():
        wrong = {name: list(sentences) for name, sentences in form.errors.items()}
        raise ValidationError({"non_field_errors" if name == "__all__" else name: said for name, said in wrong.items()})
    return form
