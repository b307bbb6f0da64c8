"""What several serializers of this app share: small pieces, limits, and reading a body as the page's form reads it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from rest_framework import serializers

KEY = {"min_value": 1, "max_value": 2**63 - 1}  # what a key can be on both databases


class NamedSerializer(serializers.Serializer):
    """Something with an address of its own."""

    name = serializers.CharField()
    slug = serializers.CharField(help_text="Its last word in addresses.")


def checked(form: forms.BaseForm, paths: Mapping[str, Any] | None = None) -> None:
    """Raise what the form of the page says about this input; `paths` says what a field is called in the body."""
    if form.is_valid():
        return
    found: dict[str, Any] = {}
    for name, errors in form.errors.as_data().items():
        path = (paths or {}).get(name, "non_field_errors" if name == "__all__" else name)
        found[path] = [
            serializers.ErrorDetail(words, code=error.code or "invalid") for error in errors for words in error.messages
        ]
    raise serializers.ValidationError(found)
