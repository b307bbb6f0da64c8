"""The moves of the framework's versions. The engine is people/transitions.py; words are written in framework.py."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.enums import FrameworkState
from partnerships.framework import missing_words
from partnerships.models import FrameworkVersion
from partnerships.permissions import writes_framework
from people.enums import Side
from people.transitions import Move


def _no_other_draft(version, actor, data):
    other = FrameworkVersion.objects.drafts().first()
    return _("Version %(number)s is still a draft. Finish it first.") % {"number": other.number} if other else None


def _agreed_by(side, nobody, changed):
    """A need: the sponsor of this side agreed to the text as it now stands."""

    def need(version, actor, data):
        agreement = next((row for row in version.agreements.all() if row.side == side), None)
        if agreement is None:
            return str(nobody)
        if agreement.text_version != version.version:
            return str(changed) % {"name": agreement.name}
        return None

    need.__name__ = f"agreed_by_{side}"
    return need


def _words_complete(version, actor, data):
    return missing_words(version)


def _date_it(version, actor, data):
    version.published_on = timezone.localdate()


MOVES = {
    FrameworkVersion: (
        Move("start", (), FrameworkState.DRAFT, who=writes_framework, needs=(_no_other_draft,)),
        Move(
            "publish",
            (FrameworkState.DRAFT,),
            FrameworkState.PUBLISHED,
            who=writes_framework,
            label=gettext_lazy("Publish this version"),
            needs=(
                _words_complete,
                _agreed_by(
                    Side.STAFF,
                    gettext_lazy("The staff sponsor has not agreed to it yet."),
                    gettext_lazy("The text changed after %(name)s agreed for staff. Ask again and record the answer."),
                ),
                _agreed_by(
                    Side.PARTNER,
                    gettext_lazy("The partner sponsor has not agreed to it yet."),
                    gettext_lazy(
                        "The text changed after %(name)s agreed for partners. Ask again and record the answer."
                    ),
                ),
            ),
            effects=(_date_it,),
            done=gettext_lazy("Published. Everybody now reads this version."),
        ),
    )
}
