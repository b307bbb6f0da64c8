"""How every form of the site is drawn: one field template with label, hint, error and control."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    pass
