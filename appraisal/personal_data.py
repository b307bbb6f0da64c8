"""Which personal data examples and answers hold, whose they are, and why."""

from people.retention import PersonalData

PERSONAL_DATA = [
    PersonalData("appraisal.EvidenceEntry", "owner", "The person's own account of their work", "Public task"),
    PersonalData("appraisal.HistoricalEvidenceEntry", "owner", "Every version of a shared account", "Public task"),
    PersonalData(
        "appraisal.EvidenceConfirmation", "asked_by", "Whom the person asked, and what was said", "Public task"
    ),
    PersonalData("appraisal.EvidenceConfirmation", "email", "What somebody was asked and answered", "Public task"),
    PersonalData("appraisal.EvidenceConfirmation", "sent_by", "Which manager asked for somebody", "Public task"),
    PersonalData(
        "appraisal.EvidenceReply", "confirmation__asked_by", "The owner's words beside an answer", "Public task"
    ),
]
