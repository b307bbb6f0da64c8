"""Who signs in to the demo (DESIGN 9). load_demo makes these people; the development page lets you become them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

PASSWORD = "common-ground"  # noqa: S105 - the demo's, refused where there is no demo


@dataclass(frozen=True)
class CastMember:
    email: str
    name: str
    who: str


CAST = (
    CastMember("staff@example.org", "Ailsa Grant", _("catchment officer: learns, keeps examples")),
    CastMember("manager@example.org", "Morag Sinclair", _("her line manager")),
    CastMember("countersigner@example.org", "Fergus Reid", _("Morag's manager")),
    CastMember("partner@example.org", "Rhona MacBain", _("Varrach Carers' Voice: a partner from outside")),
    CastMember("union@example.org", "Dougie Ross", _("Union of Care Trades: a partner with a certificate")),
    CastMember("coordinator@example.org", "Priya Nair", _("training co-ordinator")),
    CastMember("hr@example.org", "Tom Baxter", _("appraisal administrator")),
    CastMember("editor@example.org", "Senga Muir", _("content editor, works in the content admin")),
    CastMember("lead@example.org", "Donald Iqbal", _("partnership lead")),
)
