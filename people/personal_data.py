"""Which personal data stand in the people app, whose, and why (PERSONAL_DATA)."""

from django.utils.translation import gettext_lazy as _

from people.retention import PersonalData

PUBLIC_TASK = _("Public task")

PERSONAL_DATA = [
    PersonalData("people.User", "self", _("A person signs in and is shown by the name they gave"), PUBLIC_TASK),
    PersonalData("people.Post", "person", _("Who works where, and under which line manager"), PUBLIC_TASK),
    PersonalData("people.Post", "line_manager", _("Who manages whom"), PUBLIC_TASK),
    PersonalData("people.Affiliation", "person", _("Who acts for which organisation"), PUBLIC_TASK),
    PersonalData("people.ManagerCover", "cover", _("Who stands in for a line manager, and until when"), PUBLIC_TASK),
    PersonalData("people.ManagerCover", "manager", _("For whom somebody stands in"), PUBLIC_TASK),
    PersonalData("people.ApiToken", "person", _("A person’s own programs act in their name"), PUBLIC_TASK),
    PersonalData("people.GivenAnswer", "person", _("A repeated request is not served twice"), PUBLIC_TASK),
    PersonalData("people.OutgoingMail", "to", _("Messages reach the person, and are tried again"), PUBLIC_TASK),
    PersonalData("people.AuditEvent", "subject_id", _("Who did what with whose record can be answered"), PUBLIC_TASK),
]
