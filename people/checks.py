"""System checks of this app. What is checked stands in the module it belongs to."""

from django.core.checks import register

from people.lib import pdf

register(pdf.check_libraries)
