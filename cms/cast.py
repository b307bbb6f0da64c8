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
    CastMember("staff@example.org", "Ailsa Grant", _("catchment officer: learns, keeps examples, is reviewed")),
    CastMember("manager@example.org", "Morag Sinclair", _("her line manager: five people at five stages of a review")),
    CastMember("countersigner@example.org", "Fergus Reid", _("Morag's manager: a review to confirm, one to answer")),
    CastMember("partner@example.org", "Rhona MacBain", _("Varrach Carers' Voice: a partner from outside")),
    CastMember("union@example.org", "Dougie Ross", _("Union of Care Trades: a partner with a certificate")),
    CastMember("coordinator@example.org", "Priya Nair", _("training co-ordinator")),
    CastMember("hr@example.org", "Tom Baxter", _("appraisal administrator")),
    CastMember("editor@example.org", "Senga Muir", _("content editor, works in the content admin")),
    CastMember("lead@example.org", "Donald Iqbal", _("partnership lead")),
)

# the others of the demo: reviewed by Morag, or above Fergus
COLLEAGUES = (
    CastMember("isla.munro@example.org", "Isla Munro", _("field officer: self-assessment sent")),
    CastMember("callum.drever@example.org", "Callum Drever", _("field officer: a review to answer")),
    CastMember("rory.tulloch@example.org", "Rory Tulloch", _("field officer: disagrees with his review")),
    CastMember("eilidh.baird@example.org", "Eilidh Baird", _("field officer: a closed review")),
    CastMember("catriona.weir@example.org", "Catriona Weir", _("chief executive: reviews Fergus")),
    CastMember("una.drummond@example.org", "Una Drummond", _("chair of the board")),
)
