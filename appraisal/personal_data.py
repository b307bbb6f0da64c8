"""Which personal data examples, reviews and notes hold, whose they are, and why."""

from people.retention import PersonalData

PUBLIC_TASK = "Public task"

PERSONAL_DATA = [
    PersonalData("appraisal.EvidenceEntry", "owner", "The person's own account of their work", PUBLIC_TASK),
    PersonalData("appraisal.HistoricalEvidenceEntry", "owner", "Every version of a shared account", PUBLIC_TASK),
    PersonalData("appraisal.EvidenceConfirmation", "asked_by", "Whom the person asked, and what was said", PUBLIC_TASK),
    PersonalData("appraisal.EvidenceConfirmation", "email", "What somebody was asked and answered", PUBLIC_TASK),
    PersonalData("appraisal.EvidenceConfirmation", "sent_by", "Which manager asked for somebody", PUBLIC_TASK),
    PersonalData(
        "appraisal.EvidenceReply", "confirmation__asked_by", "The owner's words beside an answer", PUBLIC_TASK
    ),
    PersonalData("appraisal.Recognition", "to", "Who is thanked, and for what; read by the two alone", PUBLIC_TASK),
    PersonalData("appraisal.Recognition", "by", "Who says thank you", PUBLIC_TASK),
    PersonalData("appraisal.AppraisalCycle", "second_manager", "Who confirms where a manager has none", PUBLIC_TASK),
    PersonalData("appraisal.CycleExclusion", "post__person", "Who is left out of a cycle, and why", PUBLIC_TASK),
    PersonalData("appraisal.AppraisalReview", "job_holder", "Whose review it is, and where it stands", PUBLIC_TASK),
    PersonalData("appraisal.AppraisalReview", "manager", "Who writes and signs it", PUBLIC_TASK),
    PersonalData("appraisal.AppraisalReview", "second_manager", "Who confirms that it was fair", PUBLIC_TASK),
    PersonalData("appraisal.ReviewPart", "author", "What one side wrote", PUBLIC_TASK),
    PersonalData("appraisal.ReviewPart", "review__job_holder", "What was written about the person", PUBLIC_TASK),
    PersonalData(
        "appraisal.BehaviourRating", "part__review__job_holder", "The level of each behaviour, and why", PUBLIC_TASK
    ),
    PersonalData("appraisal.NextStep", "owner", "Who does what by when", PUBLIC_TASK),
    PersonalData("appraisal.NextStep", "review__job_holder", "What follows from the person's review", PUBLIC_TASK),
    PersonalData("appraisal.SharedVersion", "review__job_holder", "What the person could read, and when", PUBLIC_TASK),
    PersonalData("appraisal.SharedVersion", "shared_by", "Who shared it", PUBLIC_TASK),
    PersonalData("appraisal.JobHolderResponse", "review__job_holder", "What the person said to it", PUBLIC_TASK),
    PersonalData(
        "appraisal.DisputedPoint", "response__review__job_holder", "What the person sees differently", PUBLIC_TASK
    ),
    PersonalData("appraisal.DisputedPoint", "replied_by", "Who answered it in words", PUBLIC_TASK),
    PersonalData("appraisal.Signature", "by", "Who stands by which statement", PUBLIC_TASK),
    PersonalData("appraisal.ReasonedAccess", "reader", "Who opened content, and why", PUBLIC_TASK),
    PersonalData("appraisal.ReasonedAccess", "review__job_holder", "Whose review was opened", PUBLIC_TASK),
    PersonalData("appraisal.Reminder", "person", "Who was reminded of what, and when", PUBLIC_TASK),
    PersonalData("appraisal.ManagerNote", "person", "What a manager saw, and the person's answer", PUBLIC_TASK),
    PersonalData("appraisal.ManagerNote", "author", "Who wrote it down", PUBLIC_TASK),
    PersonalData("appraisal.ReviewRecord", "review__job_holder", "What was signed, word for word", PUBLIC_TASK),
    PersonalData("appraisal.ReviewRecordPdf", "record__review__job_holder", "The same, printed", PUBLIC_TASK),
    PersonalData("appraisal.RecordAddition", "record__review__job_holder", "What was added later", PUBLIC_TASK),
    PersonalData("appraisal.RecordAddition", "by", "Who added it", PUBLIC_TASK),
]
