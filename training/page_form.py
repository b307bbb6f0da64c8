"""The edit form of modules and units in Wagtail: what stops publishing. Imports no model; the models import it."""

from wagtail.admin.forms import WagtailAdminPageForm


class LearningPageForm(WagtailAdminPageForm):
    """Asks what kind of change this is once people can have read the page, and stops publishing with sentences."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        page = self.instance
        if "change" not in self.fields:
            return
        if page.first_published_at is None:
            del self.fields["change"]
        else:
            self.fields["change"].required = True
            if not page.has_unpublished_changes:
                self.initial["change"] = ""  # asked anew for every draft

    def clean(self):
        """Sentences only when the page is to be published or sent to a moderator; a draft may be unfinished."""
        cleaned = super().clean()
        if not self.is_deferred_validation and not self.errors:
            self._post_clean_copy(cleaned)
        return cleaned

    def _post_clean_copy(self, cleaned):
        """Ask the page as it would be after saving."""
        for name in self.fields:
            if name in cleaned and hasattr(self.instance, name):
                setattr(self.instance, name, cleaned[name])
        for sentence in self.instance.publication_problems():
            self.add_error(None, sentence)
