"""Examples, reviews and their cycles."""

import uuid

import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import appraisal.models.evidence
import appraisal.models.record
import people.lib.dates


class Migration(migrations.Migration):
    replaces = [
        ("appraisal", "0001_examples"),
        ("appraisal", "0002_cycles_and_reviews"),
        ("appraisal", "0004_reminders_are_told"),
        ("appraisal", "0005_recognition"),
    ]

    initial = True

    dependencies = [
        ("partnerships", "0002_published_words_are_frozen"),
        ("people", "0007_merged_organisations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("training", "0001_modules_and_sessions"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppraisalCycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Being prepared"), ("open", "Open"), ("closed", "Closed")],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("starts_on", models.DateField(verbose_name="first day looked at")),
                ("ends_on", models.DateField(verbose_name="last day looked at")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("development", "Development only"),
                            ("may_inform", "May inform pay, promotion or probation"),
                        ],
                        default="development",
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                ("self_due_on", models.DateField(verbose_name="self-assessments sent by")),
                ("share_due_on", models.DateField(verbose_name="reviews shared by")),
                ("close_due_on", models.DateField(verbose_name="confirmed and closed by")),
                (
                    "hide_self_levels",
                    models.BooleanField(
                        default=True, verbose_name="own level hidden from the manager until they have chosen one"
                    ),
                ),
                ("opened_at", models.DateTimeField(editable=False, null=True)),
                (
                    "framework_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.frameworkversion",
                        verbose_name="what we expect of each other",
                    ),
                ),
                (
                    "second_manager",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="second manager where a manager has none",
                    ),
                ),
                ("teams", models.ManyToManyField(blank=True, related_name="+", to="people.team", verbose_name="teams")),
            ],
            options={
                "verbose_name": "review cycle",
                "verbose_name_plural": "review cycles",
                "ordering": ["-starts_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__gte", models.F("starts_on")),
                            ("share_due_on__gte", models.F("self_due_on")),
                            ("close_due_on__gte", models.F("share_due_on")),
                        ),
                        name="appraisal_cycle_dates_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AppraisalReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("setup", "Being opened"),
                            ("self_review", "Self-assessment"),
                            ("manager_review", "With the line manager"),
                            ("shared", "Shared"),
                            ("answered", "With the second manager"),
                            ("closed", "Closed"),
                            ("void", "Void"),
                        ],
                        default="setup",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("job_title", models.CharField(max_length=120, verbose_name="job title")),
                ("team_name", models.CharField(max_length=120, verbose_name="team")),
                ("text_version", models.PositiveIntegerField(default=1, editable=False)),
                ("shared_on", models.DateField(editable=False, null=True)),
                ("talk_on", models.DateField(editable=False, null=True, verbose_name="we talked on")),
                ("talk_said_by_manager", models.BooleanField(default=False, editable=False)),
                ("talk_said_by_job_holder", models.BooleanField(default=False, editable=False)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="appraisal.appraisalcycle",
                    ),
                ),
                (
                    "job_holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.post"),
                ),
                (
                    "second_manager",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "verbose_name_plural": "reviews",
                "ordering": ["job_holder__name", "number"],
                "indexes": [
                    models.Index(fields=["manager", "state"], name="appraisal_review_manager"),
                    models.Index(fields=["cycle", "state"], name="appraisal_review_cycle"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "job_holder", "number"), name="appraisal_review_once"),
                    models.UniqueConstraint(fields=("cycle", "post"), name="appraisal_review_of_post_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("manager", models.F("job_holder")), _negated=True),
                            models.Q(("second_manager", models.F("job_holder")), _negated=True),
                            models.Q(("second_manager", models.F("manager")), _negated=True),
                        ),
                        name="appraisal_three_different_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("talk_on__isnull", False),
                            models.Q(("talk_said_by_job_holder", False), ("talk_said_by_manager", False)),
                            _connector="OR",
                        ),
                        name="appraisal_talk_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CycleExclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exclusions",
                        to="appraisal.appraisalcycle",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.post"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("cycle", "post"), name="appraisal_left_out_once")],
            },
        ),
        migrations.CreateModel(
            name="EvidenceEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Private"), ("shared", "Shared")],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                ("happened_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="when")),
                ("situation", models.TextField(blank=True, max_length=6000, verbose_name="what happened")),
                ("task", models.TextField(blank=True, max_length=3000, verbose_name="what had to be done")),
                ("action", models.TextField(blank=True, max_length=3000, verbose_name="what you did")),
                ("result", models.TextField(blank=True, max_length=3000, verbose_name="what came of it")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("example", "Something I did"),
                            ("feedback", "Something I was told"),
                            ("training", "Something I learned and used"),
                            ("joint_review", "A joint review"),
                            ("product", "Something we made"),
                        ],
                        default="example",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        storage=appraisal.models.evidence.private_storage,
                        upload_to=appraisal.models.evidence.random_name,
                        verbose_name="file",
                    ),
                ),
                ("file_name", models.CharField(blank=True, editable=False, max_length=150)),
                ("file_type", models.CharField(blank=True, editable=False, max_length=100)),
                ("text_version", models.PositiveIntegerField(default=1, editable=False)),
                ("form_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "behaviours",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="partnerships.behaviour", verbose_name="how we work"
                    ),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.engagement",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "example",
                "verbose_name_plural": "examples",
                "ordering": ["-happened_on", "-pk"],
                "indexes": [models.Index(fields=["owner", "-happened_on"], name="appraisal_example_of_owner")],
            },
        ),
        migrations.CreateModel(
            name="EvidenceConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("expires_at", models.DateTimeField(verbose_name="works until")),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("for_manager", "Waiting for the line manager"),
                            ("not_sent", "Not sent"),
                            ("asked", "No answer"),
                            ("answered", "Answered"),
                            ("taken_back", "Answer taken back"),
                            ("withdrawn", "No longer asked"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("organisation_name", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                ("decides", models.BooleanField(verbose_name="the asker decides something of theirs")),
                ("asked_at", models.DateTimeField(editable=False, null=True)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("text_version", models.PositiveIntegerField(editable=False)),
                ("shown_title", models.CharField(editable=False, max_length=120)),
                ("shown_on", models.DateField(editable=False)),
                ("shown_text", models.TextField(editable=False)),
                ("shown_partnership", models.CharField(blank=True, editable=False, max_length=160)),
                ("shown_file", models.CharField(blank=True, editable=False, max_length=100)),
                ("shown_link", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes, so it was"),
                            ("yes_and", "Yes, and I would add something"),
                            ("not_so", "Not as I saw it"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True, editable=False, max_length=3000, verbose_name="your words")),
                (
                    "quiet_answer",
                    models.CharField(
                        blank=True,
                        choices=[("rather_not", "I would rather not say"), ("not_for_me", "This is not for me")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("signed_at", models.DateTimeField(editable=False, null=True)),
                ("quarter", models.CharField(editable=False, max_length=7)),
                ("email_key", models.CharField(editable=False, max_length=254)),
                ("organisation_key", models.CharField(blank=True, editable=False, max_length=220)),
                ("person_slot", models.PositiveSmallIntegerField(editable=False, null=True)),
                ("organisation_slot", models.PositiveSmallIntegerField(editable=False, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="appraisal.evidenceentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to say how it happened",
                "verbose_name_plural": "requests to say how it happened",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["email_key", "asked_at"], name="appraisal_asked_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("email_key", "quarter", "person_slot"), name="appraisal_slot_of_person"
                    ),
                    models.UniqueConstraint(
                        fields=("organisation_key", "quarter", "organisation_slot"),
                        name="appraisal_slot_of_organisation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["for_manager", "asked"])),
                        fields=("entry", "email_key"),
                        name="appraisal_one_open_request_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False),
                                ("state", "answered"),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "answered"), _negated=True),
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("words", ""),
                            ),
                            _connector="OR",
                        ),
                        name="appraisal_answer_goes_with_its_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decides", False),
                            ("state__in", ["for_manager", "not_sent"]),
                            ("sent_by__isnull", False),
                            ("state", "withdrawn"),
                            _connector="OR",
                        ),
                        name="appraisal_only_manager_asks_those_decided_on",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, verbose_name="your reply")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "confirmation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="appraisal.evidenceconfirmation",
                    ),
                ),
            ],
            options={
                "verbose_name": "reply",
                "verbose_name_plural": "replies",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ExpectedBehaviour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "With prompting"),
                            (2, "Reliably"),
                            (3, "Helps the group"),
                            (4, "Changes how we work"),
                        ]
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="behaviours",
                        to="appraisal.appraisalreview",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnerships.behaviourtext"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "text"), name="appraisal_behaviour_once"),
                    models.UniqueConstraint(fields=("review", "number"), name="appraisal_behaviour_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 5))), name="appraisal_at_most_five"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEvidenceEntry",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Private"), ("shared", "Shared")],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                ("happened_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="when")),
                ("situation", models.TextField(blank=True, max_length=6000, verbose_name="what happened")),
                ("task", models.TextField(blank=True, max_length=3000, verbose_name="what had to be done")),
                ("action", models.TextField(blank=True, max_length=3000, verbose_name="what you did")),
                ("result", models.TextField(blank=True, max_length=3000, verbose_name="what came of it")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("example", "Something I did"),
                            ("feedback", "Something I was told"),
                            ("training", "Something I learned and used"),
                            ("joint_review", "A joint review"),
                            ("product", "Something we made"),
                        ],
                        default="example",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                ("file", models.TextField(blank=True, max_length=100, verbose_name="file")),
                ("file_name", models.CharField(blank=True, editable=False, max_length=150)),
                ("file_type", models.CharField(blank=True, editable=False, max_length=100)),
                ("text_version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("history_user_id", models.BigIntegerField(null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "engagement",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partnerships.engagement",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="partnerships.partnership",
                        verbose_name="partnership",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical example",
                "verbose_name_plural": "historical examples",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="JobHolderResponse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_version", models.PositiveIntegerField()),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("agree", "I agree"),
                            ("comments", "I agree, with comments"),
                            ("disagree", "I disagree"),
                            ("no_response", "No response"),
                        ],
                        max_length=20,
                        verbose_name="answer",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=4000, verbose_name="in your own words")),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="responses",
                        to="appraisal.appraisalreview",
                    ),
                ),
            ],
            options={
                "ordering": ["-text_version"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "text_version"), name="appraisal_one_response")
                ],
            },
        ),
        migrations.CreateModel(
            name="DisputedPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.TextField(max_length=3000, verbose_name="what you see differently")),
                ("reply", models.TextField(blank=True, max_length=3000, verbose_name="your answer")),
                ("replied_at", models.DateTimeField(editable=False, null=True)),
                (
                    "replied_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "behaviour",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="appraisal.expectedbehaviour",
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="appraisal.jobholderresponse",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ManagerNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("good", "Something good"), ("concern", "A concern")],
                        default="good",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("seen_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="when")),
                ("text", models.TextField(max_length=2000, verbose_name="what you saw or heard")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="your answer")),
                ("answered_at", models.DateTimeField(editable=False, null=True)),
                ("form_key", models.UUIDField(editable=False, unique=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "behaviour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.behaviour",
                        verbose_name="how we work",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.post"),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["-seen_on", "-pk"],
                "indexes": [models.Index(fields=["post", "-seen_on"], name="appraisal_note_of_post")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("author", models.F("person")), _negated=True),
                        name="appraisal_note_about_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True)),
                            models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="appraisal_note_answer_has_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NextStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("what", models.CharField(max_length=300, verbose_name="what")),
                ("due_on", models.DateField(verbose_name="by when")),
                ("done_on", models.DateField(editable=False, null=True)),
                (
                    "module",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="training.modulepage",
                        verbose_name="module",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="next_steps",
                        to="appraisal.appraisalreview",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "number"), name="appraisal_step_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 3))), name="appraisal_at_most_three_steps"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReasonedAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("state", models.CharField(default="open", editable=False, max_length=20)),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("until", models.DateTimeField()),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accesses",
                        to="appraisal.appraisalreview",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["reader", "until"], name="appraisal_access_of_reader")],
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("given", "Given"), ("kept", "Kept as an example"), ("let_go", "Read")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(max_length=200, verbose_name="what for")),
                ("given_on", models.DateField(default=people.lib.dates.today, editable=False)),
                (
                    "behaviour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnerships.behaviour"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="appraisal.evidenceentry",
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "thank you",
                "verbose_name_plural": "thank yous",
                "ordering": ["-given_on", "-pk"],
                "indexes": [models.Index(fields=["to", "state"], name="appraisal_thanks_to")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("by", models.F("to")), _negated=True),
                        name="appraisal_nobody_thanks_themselves",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self_assessment", "Self-assessment"),
                            ("share", "Sharing the review"),
                            ("answer", "Answer"),
                            ("confirm", "Confirming that it was fair"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "The reviews are open"),
                            ("week_before", "A week before"),
                            ("day_before", "The day before"),
                            ("late", "Three days late"),
                            ("by_hand", "Sent by hand"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text_version", models.PositiveIntegerField(default=1)),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(editable=False, null=True)),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="appraisal.appraisalcycle",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="appraisal.appraisalreview",
                    ),
                ),
            ],
            options={
                "ordering": ["-sent_at"],
                "indexes": [
                    models.Index(fields=["person", "-sent_at"], name="appraisal_reminded_person"),
                    models.Index(
                        condition=models.Q(("told_at", None)), fields=["person"], name="appraisal_reminder_untold"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "by_hand"), _negated=True),
                        fields=("review", "person", "step", "kind", "text_version"),
                        name="appraisal_automatic_reminder_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "opened")),
                        fields=("cycle", "person"),
                        name="appraisal_told_once_that_it_is_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("self", "Self-assessment"), ("manager", "The manager's view")], max_length=10
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=4000, verbose_name="in your own words")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("saved_at", models.DateTimeField(editable=False, null=True)),
                ("sent_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parts",
                        to="appraisal.appraisalreview",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True)),
                        fields=("review", "part"),
                        name="appraisal_one_open_part_a_side",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BehaviourRating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Not answered yet"),
                            ("rated", "A level"),
                            ("no_opportunity", "Not enough opportunity"),
                            ("not_seen", "Had the chance, not yet seen"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "With prompting"),
                            (2, "Reliably"),
                            (3, "Helps the group"),
                            (4, "Changes how we work"),
                        ],
                        null=True,
                        verbose_name="level",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=3000, verbose_name="in your own words")),
                ("help", models.TextField(blank=True, max_length=1000, verbose_name="help that you would like")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "examples",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="appraisal.evidenceentry", verbose_name="examples"
                    ),
                ),
                (
                    "behaviour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
                        to="appraisal.expectedbehaviour",
                    ),
                ),
                (
                    "notes",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="appraisal.managernote", verbose_name="notes"
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="ratings", to="appraisal.reviewpart"
                    ),
                ),
            ],
            options={
                "ordering": ["behaviour__number"],
                "constraints": [
                    models.UniqueConstraint(fields=("part", "behaviour"), name="appraisal_rating_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level__isnull", False), ("level__range", (1, 4)), ("status", "rated")),
                            models.Q(models.Q(("status", "rated"), _negated=True), ("level__isnull", True)),
                            _connector="OR",
                        ),
                        name="appraisal_level_or_why_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, verbose_name="number")),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("content", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="appraisal.appraisalreview",
                    ),
                ),
            ],
            options={
                "verbose_name": "review record",
                "verbose_name_plural": "review records",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "version"), name="appraisal_record_version_once"),
                    models.UniqueConstraint(fields=("number", "version"), name="appraisal_record_number_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordAddition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("correction", "Correction"),
                            ("statement", "Statement"),
                            ("outcome", "Outcome of an appeal"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("words", models.TextField(max_length=4000, verbose_name="words")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="additions",
                        to="appraisal.reviewrecord",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewRecordPdf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.FileField(
                        storage=appraisal.models.record.private_storage, upload_to=appraisal.models.record.random_name
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "record",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pdf", to="appraisal.reviewrecord"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SharedVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text_version", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("shared_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shared_versions",
                        to="appraisal.appraisalreview",
                    ),
                ),
                (
                    "shared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-text_version"],
                "constraints": [
                    models.UniqueConstraint(fields=("review", "text_version"), name="appraisal_shared_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("manager", "Line manager"),
                            ("job_holder", "Job holder"),
                            ("second_manager", "Second manager"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text_version", models.PositiveIntegerField()),
                ("statement", models.TextField()),
                ("words", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="appraisal.appraisalreview",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("review", "role", "text_version"), name="appraisal_signed_once_a_version"
                    )
                ],
            },
        ),
    ]
