"""Documents and pictures added in the content admin: known by their content like every other file, without a place."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from people.lib.files import FileRefused, recognise, take_place_out
from people.policy import policy


class DocumentForm(BaseDocumentForm):
    def clean_file(self):
        return checked(self)


class ImageForm(BaseImageForm):
    def clean_file(self):
        return checked(self)


def checked(form):
    """The file of an upload form, when it is what its name says; one that is there already is left alone."""
    file = form.cleaned_data["file"]
    if "file" not in form.changed_data:
        return file
    try:
        found = recognise(file.file, file.size, limit=policy("upload_megabytes"))
        named = PurePath(file.name).suffix.lower().lstrip(".").replace("jpeg", "jpg")
        if named != found.extension:
            raise FileRefused(_("The name of this file should end in .%(ending)s.") % {"ending": found.extension})
        file.size = take_place_out(file.file, found)
    except FileRefused as refusal:
        raise ValidationError(str(refusal)) from refusal
    return file
