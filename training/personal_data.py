"""Which personal data stand in learning, whose, and why (PERSONAL_DATA)."""

from django.utils.translation import gettext_lazy as _

from people.retention import PersonalData

PUBLIC_TASK = _("Public task")

PERSONAL_DATA = [
    PersonalData("training.ModuleStart", "person", _("Somebody can go on where they left off"), PUBLIC_TASK),
    PersonalData("training.UnitFinish", "start__person", _("Units that are done stay done"), PUBLIC_TASK),
    PersonalData(
        "training.CheckAttempt", "start__person", _("Results of a final check, for the person alone"), PUBLIC_TASK
    ),
    PersonalData("training.ExtraTry", "start__person", _("Who was given one more try, and why"), PUBLIC_TASK),
    PersonalData("training.ExtraTry", "given_by", _("Which co-ordinator gave one more try"), PUBLIC_TASK),
    PersonalData("training.Completion", "start__person", _("What a certificate rests on"), PUBLIC_TASK),
    PersonalData("training.Reflection", "person", _("Private thoughts on a unit; read by nobody else"), PUBLIC_TASK),
    PersonalData(
        "training.TryItNote", "start__person", _("Private notes on a step tried; read by nobody else"), PUBLIC_TASK
    ),
    PersonalData("training.Confidence", "start__person", _("How sure somebody felt; read by nobody else"), PUBLIC_TASK),
    PersonalData("training.JointSession", "coordinator", _("Who plans a session and answers questions"), PUBLIC_TASK),
    PersonalData("training.JointSession", "deputy", _("Who stands in for the co-ordinator"), PUBLIC_TASK),
    PersonalData("training.SessionPaper", "by", _("Who published a paper"), PUBLIC_TASK),
    PersonalData("training.SessionInvitation", "person", _("Who was invited, and what they answered"), PUBLIC_TASK),
    PersonalData("training.SessionInvitation", "email", _("Where an invitation goes"), PUBLIC_TASK),
    PersonalData(
        "training.AccessNeed", "place__person", _("What somebody needs in order to take part"), _("Explicit consent")
    ),
    PersonalData("training.OrganisationName", "by", _("Who decided which organisation a name means"), PUBLIC_TASK),
    PersonalData("training.SessionReminder", "place__person", _("Nobody is reminded twice"), PUBLIC_TASK),
    PersonalData("training.Attendance", "place__person", _("Who was there, as certificates ask"), PUBLIC_TASK),
    PersonalData("training.Attendance", "marked_by", _("Who took attendance"), PUBLIC_TASK),
    PersonalData("training.FeedbackLink", "email", _("Where the question how it was goes"), PUBLIC_TASK),
    PersonalData("training.FeedbackLoopItem", "by", _("Who answers what was heard"), PUBLIC_TASK),
    PersonalData("training.RequiredLearning", "set_by", _("Who requires it"), PUBLIC_TASK),
    PersonalData("training.RequiredNotice", "person", _("Nobody is told twice of the same learning"), PUBLIC_TASK),
    PersonalData("training.LearningRecordFile", "person", _("Somebody’s own learning record as a file"), PUBLIC_TASK),
    PersonalData("training.LearningException", "person", _("Who need not do what is required, and why"), PUBLIC_TASK),
    PersonalData("training.LearningException", "by", _("Who made the exception"), PUBLIC_TASK),
    PersonalData("training.Facilitator", "person", _("Who leads a session"), PUBLIC_TASK),
    PersonalData("training.Facilitator", "name", _("Who leads a session, also without an account"), PUBLIC_TASK),
    PersonalData("training.SessionProposal", "by", _("Who proposes a session and gets the reply"), PUBLIC_TASK),
    PersonalData("training.SessionProposal", "answered_by", _("Which co-ordinator replied"), PUBLIC_TASK),
    PersonalData("training.VenueQuestion", "email", _("Where a host is asked about a venue"), PUBLIC_TASK),
    PersonalData("training.VenueQuestion", "asked_by", _("Which co-ordinator asked the host"), PUBLIC_TASK),
    PersonalData("training.VenueFact", "checked_by", _("Who checked what is known about a venue"), PUBLIC_TASK),
    PersonalData("training.Place", "person", _("Who comes to a session, and for whom"), PUBLIC_TASK),
    PersonalData("training.Place", "email", _("Where somebody who comes is told of changes"), PUBLIC_TASK),
    PersonalData(
        "training.Certificate", "holder", _("Proof that belongs to the person and outlives the job"), PUBLIC_TASK
    ),
]
