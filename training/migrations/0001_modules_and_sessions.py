"""Modules, joint sessions, what people did in them. Packages come first: their later steps would draw our models anew."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import people.lib.dates
import training.models.attendance
import training.models.certificate
import training.models.record_file
import training.models.session


class Migration(migrations.Migration):
    replaces = [
        ("training", "0001_initial"),
        ("training", "0002_certificate"),
        ("training", "0003_extra_try"),
        ("training", "0004_joint_sessions"),
        ("training", "0005_who_comes_and_what_follows"),
        ("training", "0006_guests_links_and_calendars"),
        ("training", "0007_venue_questions"),
        ("training", "0008_planning"),
        ("training", "0009_learning_record_files"),
        ("training", "0010_what_follows_from_attendance"),
        ("training", "0011_session_proposals"),
        ("training", "0012_names_of_organisations"),
        ("training", "0013_years_are_bounded"),
        ("training", "0014_words_of_a_place"),
        ("training", "0015_told_of_required"),
    ]

    initial = True

    dependencies = [
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("partnerships", "0002_published_words_are_frozen"),
        ("people", "0007_merged_organisations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailembeds", "0009_embed_cache_until"),
        ("wagtailforms", "0005_alter_formsubmission_form_data"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailsearch", "0010_add_text_fields"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [
        migrations.CreateModel(
            name="LearningIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "learning",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="UnitPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, editable=False, verbose_name="edition")),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("correction", "Small correction: nothing changes for people who have finished"),
                            (
                                "material",
                                "Material change: a new edition; people who have finished keep what they earned",
                            ),
                        ],
                        help_text="A material change is one that somebody who finished earlier ought to know of.",
                        max_length=10,
                        verbose_name="small correction or material change?",
                    ),
                ),
                (
                    "aim",
                    models.CharField(help_text="By the end of this unit you can…", max_length=250, verbose_name="aim"),
                ),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=8, validators=[django.core.validators.MinValueValidator(1)], verbose_name="minutes"
                    ),
                ),
                (
                    "body",
                    wagtail.fields.StreamField(
                        [
                            ("text", 1),
                            ("worked_example", 5),
                            ("picture", 9),
                            ("media", 14),
                            ("document", 17),
                            ("reflection", 20),
                            ("question", 28),
                            ("try_it", 32),
                        ],
                        block_lookup={
                            0: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": [
                                        "h2",
                                        "h3",
                                        "bold",
                                        "italic",
                                        "ol",
                                        "ul",
                                        "link",
                                        "document-link",
                                        "blockquote",
                                    ],
                                    "label": "Text",
                                },
                            ),
                            1: ("wagtail.blocks.StructBlock", [[("html", 0)]], {}),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("staff", "From a public body’s chair"),
                                        ("partner", "From a partner’s chair"),
                                    ],
                                    "label": "Whose chair",
                                },
                            ),
                            3: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                            4: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "ol", "ul", "link"], "label": "What happened"},
                            ),
                            5: ("wagtail.blocks.StructBlock", [[("chair", 2), ("title", 3), ("html", 4)]], {}),
                            6: ("wagtail.images.blocks.ImageChooserBlock", (), {"label": "Picture"}),
                            7: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "What somebody who cannot see the picture needs to know.",
                                    "label": "Text alternative",
                                    "max_length": 250,
                                },
                            ),
                            8: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 250, "required": False},
                            ),
                            9: ("wagtail.blocks.StructBlock", [[("image", 6), ("alt", 7), ("caption", 8)]], {}),
                            10: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {"choices": [("video", "Video"), ("audio", "Audio")], "label": "Kind"},
                            ),
                            11: ("wagtail.blocks.URLBlock", (), {"label": "Link"}),
                            12: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"label": "Minutes", "max_value": 120, "min_value": 1, "required": False},
                            ),
                            13: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {
                                    "features": ["bold", "italic", "ol", "ul", "link"],
                                    "help_text": "Everything that is said, and what is seen where it matters.",
                                    "label": "Transcript",
                                },
                            ),
                            14: (
                                "wagtail.blocks.StructBlock",
                                [[("kind", 10), ("title", 3), ("url", 11), ("minutes", 12), ("transcript", 13)]],
                                {},
                            ),
                            15: ("wagtail.documents.blocks.DocumentChooserBlock", (), {"label": "Document"}),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "What it is for", "max_length": 250, "required": False},
                            ),
                            17: ("wagtail.blocks.StructBlock", [[("document", 15), ("title", 3), ("about", 16)]], {}),
                            18: ("wagtail.blocks.CharBlock", (), {"label": "Prompt", "max_length": 300}),
                            19: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Help", "max_length": 300, "required": False},
                            ),
                            20: ("wagtail.blocks.StructBlock", [[("prompt", 18), ("help", 19)]], {}),
                            21: ("wagtail.blocks.TextBlock", (), {"label": "Question", "rows": 3}),
                            22: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "Several answers may be right", "required": False},
                            ),
                            23: ("wagtail.blocks.CharBlock", (), {"label": "Answer", "max_length": 400}),
                            24: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "This is a right answer", "required": False},
                            ),
                            25: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Why it is right, or what is missing. Shown only after somebody has answered.",
                                    "label": "Explanation",
                                    "rows": 2,
                                },
                            ),
                            26: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 23), ("right", 24), ("explanation", 25)]],
                                {},
                            ),
                            27: ("wagtail.blocks.ListBlock", (26,), {"label": "Answers", "max_num": 8, "min_num": 2}),
                            28: ("wagtail.blocks.StructBlock", [[("text", 21), ("multiple", 22), ("options", 27)]], {}),
                            29: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "default": "Try it with someone from the other side",
                                    "label": "Title",
                                    "max_length": 120,
                                },
                            ),
                            30: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "italic", "ol", "ul", "link"], "label": "What to do"},
                            ),
                            31: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "What to write down afterwards", "max_length": 300},
                            ),
                            32: ("wagtail.blocks.StructBlock", [[("title", 29), ("html", 30), ("prompt", 31)]], {}),
                        },
                        verbose_name="content",
                    ),
                ),
            ],
            options={
                "verbose_name": "unit",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="JointSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("cancelled", "Cancelled")],
                        default="draft",
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("purpose", models.TextField(max_length=2000, verbose_name="purpose")),
                (
                    "recipe",
                    models.CharField(
                        choices=[
                            ("half_day", "Half a day, mixed"),
                            ("evening_pair", "Two evenings online"),
                            ("visit", "A visit on their ground"),
                            ("open_door", "Open door with three questions"),
                        ],
                        default="half_day",
                        max_length=20,
                        verbose_name="recipe",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("in_person", "In person"), ("online", "Online"), ("hybrid", "In person and online")],
                        max_length=20,
                        verbose_name="where people meet",
                    ),
                ),
                ("join_link", models.URLField(blank=True, max_length=500, verbose_name="link to join")),
                ("dial_in", models.CharField(blank=True, max_length=100, verbose_name="telephone number to join")),
                ("has_captions", models.BooleanField(default=False, verbose_name="live captions")),
                ("camera_optional", models.BooleanField(default=True, verbose_name="cameras may stay off")),
                ("materials", models.CharField(blank=True, max_length=300, verbose_name="forms in which papers come")),
                ("capacity", models.PositiveIntegerField(blank=True, null=True, verbose_name="places")),
                (
                    "minimum",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="smallest number that makes sense"),
                ),
                (
                    "decide_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="day on which it is decided whether it takes place"
                    ),
                ),
                ("goes_ahead", models.BooleanField(default=False, editable=False)),
                (
                    "sector_limit_percent",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="largest share of one sector"),
                ),
                ("release_on", models.DateField(blank=True, null=True, verbose_name="day on which held places open")),
                (
                    "needs_approval",
                    models.BooleanField(default=False, verbose_name="the co-ordinator says yes to each"),
                ),
                ("sign_up_from", models.DateField(blank=True, null=True, verbose_name="sign-up opens")),
                ("sign_up_until", models.DateField(blank=True, null=True, verbose_name="sign-up closes")),
                (
                    "cancel_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days before the start until which people can cancel"
                    ),
                ),
                ("support", models.JSONField(blank=True, default=list, verbose_name="support that is offered")),
                (
                    "attendance_rule",
                    models.CharField(
                        choices=[
                            ("whole", "Every date, from beginning to end"),
                            ("every_date", "Every date, at least in part"),
                            ("any_date", "One date, at least in part"),
                        ],
                        default="every_date",
                        max_length=20,
                        verbose_name="what counts as having attended",
                    ),
                ),
                ("gives_certificate", models.BooleanField(default=True, verbose_name="who attends gets a certificate")),
                ("no_papers", models.BooleanField(default=False, verbose_name="there is nothing to read before")),
                (
                    "interpreter_settled",
                    models.BooleanField(default=False, verbose_name="an interpreter is booked, or nobody needs one"),
                ),
                ("fixed", models.TextField(blank=True, max_length=1000, verbose_name="what is fixed already")),
                ("still_open", models.TextField(blank=True, max_length=1000, verbose_name="what is still open")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="when it is decided")),
                (
                    "short_notice_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why there is less time than agreed"),
                ),
                ("published_on", models.DateField(editable=False, null=True)),
                ("attendance_confirmed_on", models.DateField(editable=False, null=True)),
                ("calendar_sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("cancel_reason", models.CharField(blank=True, editable=False, max_length=300, verbose_name="reason")),
                (
                    "behaviours",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="partnerships.behaviour", verbose_name="how we work"
                    ),
                ),
                (
                    "coordinator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="host",
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
                "verbose_name": "joint session",
                "verbose_name_plural": "joint sessions",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("capacity__isnull", True), ("capacity__gte", 1), _connector="OR"),
                        name="training_no_limit_is_empty_not_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("minimum__isnull", True),
                            models.Q(("capacity__isnull", True), ("minimum__gte", 1)),
                            models.Q(("minimum__gte", 1), ("minimum__lte", models.F("capacity"))),
                            _connector="OR",
                        ),
                        name="training_minimum_fits_into_places",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sector_limit_percent__isnull", True),
                            ("sector_limit_percent__range", (1, 100)),
                            _connector="OR",
                        ),
                        name="training_sector_limit_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sign_up_from__isnull", True),
                            ("sign_up_until__isnull", True),
                            ("sign_up_until__gte", models.F("sign_up_from")),
                            _connector="OR",
                        ),
                        name="training_sign_up_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_on", models.DateField(default=people.lib.dates.today)),
                ("closes_on", models.DateField()),
                ("minimum_scores", models.PositiveSmallIntegerField()),
                ("minimum_words", models.PositiveSmallIntegerField()),
                ("answered_on", models.DateField(null=True)),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback_round",
                        to="training.jointsession",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FeedbackLoopItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("heard", models.CharField(max_length=300, verbose_name="what we heard")),
                ("doing", models.CharField(max_length=300, verbose_name="what we do")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="loop_items",
                        to="training.jointsession",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Facilitator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "side",
                    models.CharField(
                        choices=[("staff", "Staff"), ("partner", "Partner")], max_length=10, verbose_name="side"
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
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="facilitators",
                        to="training.jointsession",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("session", "name"), name="training_facilitator_once")],
            },
        ),
        migrations.CreateModel(
            name="LearningRecordFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("with_words", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        storage=training.models.session.private_storage,
                        upload_to=training.models.record_file.record_file_name,
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("file", ""), ("made_at__isnull", False), _connector="XOR"),
                        name="training_record_file_was_made",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ModulePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("edition", models.PositiveIntegerField(default=1, editable=False, verbose_name="edition")),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("correction", "Small correction: nothing changes for people who have finished"),
                            (
                                "material",
                                "Material change: a new edition; people who have finished keep what they earned",
                            ),
                        ],
                        help_text="A material change is one that somebody who finished earlier ought to know of.",
                        max_length=10,
                        verbose_name="small correction or material change?",
                    ),
                ),
                ("summary", models.TextField(max_length=500, verbose_name="summary")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        default=40, validators=[django.core.validators.MinValueValidator(1)], verbose_name="minutes"
                    ),
                ),
                (
                    "outcomes",
                    wagtail.fields.StreamField(
                        [("outcome", 0)],
                        blank=True,
                        block_lookup={0: ("wagtail.blocks.CharBlock", (), {"max_length": 250})},
                        verbose_name="what people can do afterwards",
                    ),
                ),
                (
                    "completion_rule",
                    models.CharField(
                        choices=[
                            ("units", "All units"),
                            ("units_and_check", "All units and the final check"),
                            ("units_and_try", "All units and the try-it step"),
                            ("units_and_check_and_try", "All units, the final check and the try-it step"),
                            ("units_and_session", "All units and a joint session of this module"),
                            (
                                "units_and_check_and_session",
                                "All units, the final check and a joint session of this module",
                            ),
                        ],
                        default="units_and_check",
                        max_length=30,
                        verbose_name="what has to be done",
                    ),
                ),
                (
                    "check_intro",
                    models.TextField(blank=True, max_length=500, verbose_name="introduction to the final check"),
                ),
                (
                    "check_questions",
                    wagtail.fields.StreamField(
                        [("question", 9)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.TextBlock", (), {"label": "Question", "rows": 3}),
                            1: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "Several answers may be right", "required": False},
                            ),
                            2: ("wagtail.blocks.CharBlock", (), {"label": "Answer", "max_length": 400}),
                            3: (
                                "wagtail.blocks.BooleanBlock",
                                (),
                                {"label": "This is a right answer", "required": False},
                            ),
                            4: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Why it is right, or what is missing. Shown only after somebody has answered.",
                                    "label": "Explanation",
                                    "rows": 2,
                                },
                            ),
                            5: ("wagtail.blocks.StructBlock", [[("text", 2), ("right", 3), ("explanation", 4)]], {}),
                            6: ("wagtail.blocks.ListBlock", (5,), {"label": "Answers", "max_num": 8, "min_num": 2}),
                            7: (
                                "wagtail.blocks.PageChooserBlock",
                                (),
                                {
                                    "label": "Unit to look at again",
                                    "page_type": ["training.UnitPage"],
                                    "required": False,
                                },
                            ),
                            8: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "In lower case, for example: setting a fair date",
                                    "label": "Topic",
                                    "max_length": 120,
                                },
                            ),
                            9: (
                                "wagtail.blocks.StructBlock",
                                [[("text", 0), ("multiple", 1), ("options", 6), ("unit", 7), ("topic", 8)]],
                                {},
                            ),
                        },
                        verbose_name="questions of the final check",
                    ),
                ),
                (
                    "pass_mark",
                    models.PositiveSmallIntegerField(
                        default=6, help_text="Right answers needed.", verbose_name="pass mark"
                    ),
                ),
                (
                    "tries",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=3,
                        help_text="Empty: as often as people like.",
                        null=True,
                        verbose_name="tries",
                    ),
                ),
                (
                    "validity_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: as this body has set for all modules.",
                        null=True,
                        verbose_name="certificate valid for, in months",
                    ),
                ),
                (
                    "partner_reviewer_name",
                    models.CharField(
                        blank=True,
                        help_text="A person from outside who has read the module and agrees to be named.",
                        max_length=120,
                        verbose_name="partner reviewer",
                    ),
                ),
                (
                    "partner_reviewer_organisation",
                    models.CharField(blank=True, max_length=120, verbose_name="their organisation"),
                ),
                (
                    "behaviours",
                    modelcluster.fields.ParentalManyToManyField(
                        related_name="+", to="partnerships.behaviour", verbose_name="behaviours"
                    ),
                ),
            ],
            options={
                "verbose_name": "module",
            },
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.AddField(
            model_name="jointsession",
            name="module",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="training.modulepage",
                verbose_name="module",
            ),
        ),
        migrations.CreateModel(
            name="ModuleStart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("units", "All units"),
                            ("units_and_check", "All units and the final check"),
                            ("units_and_try", "All units and the try-it step"),
                            ("units_and_check_and_try", "All units, the final check and the try-it step"),
                            ("units_and_session", "All units and a joint session of this module"),
                            (
                                "units_and_check_and_session",
                                "All units, the final check and a joint session of this module",
                            ),
                        ],
                        max_length=30,
                    ),
                ),
                ("edition", models.PositiveIntegerField()),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("is_current", models.BooleanField(default=True)),
                ("counts_from", models.DateField(null=True)),
                (
                    "module",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="starts", to="training.modulepage"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("person", "module"),
                        name="training_one_current_start_each",
                    ),
                    models.UniqueConstraint(fields=("person", "module", "round"), name="training_one_start_a_round"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExtraTry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "start",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="extra_tries",
                        to="training.modulestart",
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("start", "number"), name="training_extra_try_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Confidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "moment",
                    models.CharField(
                        choices=[("before", "Before the module"), ("after", "After the module")], max_length=6
                    ),
                ),
                (
                    "value",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ]
                    ),
                ),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "start",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confidences",
                        to="training.modulestart",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("start", "moment"), name="training_confidence_once_each"),
                    models.CheckConstraint(
                        condition=models.Q(("value__range", (1, 5))), name="training_confidence_1_to_5"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Completion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=255)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
                (
                    "start",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completion",
                        to="training.modulestart",
                    ),
                ),
            ],
            options={
                "ordering": ["-at"],
            },
        ),
        migrations.CreateModel(
            name="CheckAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("paper", models.JSONField()),
                ("answers", models.JSONField(default=dict)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("saved_at", models.DateTimeField(null=True)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("score", models.PositiveSmallIntegerField(null=True)),
                ("passed", models.BooleanField(null=True)),
                (
                    "start",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="training.modulestart"
                    ),
                ),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("start", "number"), name="training_attempt_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("submitted_at", None)), fields=("start",), name="training_one_open_attempt"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("passed", None), ("score", None), ("submitted_at", None)),
                            models.Q(
                                ("passed__isnull", False), ("score__isnull", False), ("submitted_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="training_attempt_marked_when_submitted",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrganisationName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("key", models.CharField(editable=False, max_length=200, unique=True)),
                ("is_new", models.BooleanField(default=False, editable=False)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "name of an organisation",
                "verbose_name_plural": "names of organisations",
                "ordering": ["-decided_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Place",
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
                            ("requested", "Waiting for the co-ordinator"),
                            ("booked", "Booked"),
                            ("waiting", "On the waiting list"),
                            ("offered", "A place is offered"),
                            ("declined", "Not this time"),
                            ("cancelled", "Cancelled by the person"),
                            ("removed", "Cancelled by the co-ordinator"),
                            ("event_cancelled", "The session was cancelled"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("email_key", models.CharField(editable=False, max_length=254)),
                ("organisation_name", models.CharField(blank=True, max_length=200, verbose_name="organisation")),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("public_body", "Public body"),
                            ("council", "Council"),
                            ("business", "Business"),
                            ("union", "Union"),
                            ("third_sector", "Charity or voluntary group"),
                            ("community", "Community group"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="sector",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("staff", "Staff"), ("partner", "Partner")], max_length=10, verbose_name="side"
                    ),
                ),
                (
                    "is_new",
                    models.BooleanField(
                        default=False, verbose_name="comes for the first time, or again after two years"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("offered_until", models.DateTimeField(editable=False, null=True, verbose_name="offered until")),
                ("seat_number", models.PositiveIntegerField(editable=False, null=True)),
                ("reason", models.CharField(blank=True, editable=False, max_length=300, verbose_name="reason")),
                ("in_calendar", models.BooleanField(default=False, editable=False)),
                ("link_number", models.PositiveIntegerField(default=1, editable=False)),
                ("is_walk_in", models.BooleanField(default=False, editable=False)),
                ("brings", models.CharField(blank=True, max_length=300, verbose_name="what I bring")),
                (
                    "needs_from_others",
                    models.CharField(blank=True, max_length=300, verbose_name="what I need from the others"),
                ),
                (
                    "support",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("expenses", "Expenses"),
                            ("fee", "A fee for the time"),
                            ("voucher", "A voucher"),
                            ("none", "No support needed"),
                        ],
                        max_length=20,
                        verbose_name="support",
                    ),
                ),
                (
                    "colleague_of",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="colleagues",
                        to="training.place",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="training.jointsession"
                    ),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["session", "state"], name="training_places_of_session"),
                    models.Index(fields=["person", "state"], name="training_places_of_person"),
                    models.Index(fields=["email_key"], name="training_places_of_address"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "email_key"), name="training_one_place_an_address"),
                    models.UniqueConstraint(
                        condition=models.Q(("person__isnull", False)),
                        fields=("session", "person"),
                        name="training_one_place_a_person",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("seat_number__isnull", False)),
                        fields=("session", "seat_number"),
                        name="training_one_person_a_seat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("offered_until__isnull", False), ("state", "offered")),
                            models.Q(models.Q(("state", "offered"), _negated=True), ("offered_until__isnull", True)),
                            _connector="OR",
                        ),
                        name="training_offer_has_its_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("expires_at", models.DateTimeField(verbose_name="works until")),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feedback_link", to="training.place"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("issued", "Issued"),
                            ("replaced", "Replaced by a newer one"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=training.models.certificate.make_code,
                        editable=False,
                        max_length=16,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("holder_name", models.CharField(editable=False, max_length=200, verbose_name="name")),
                ("title", models.CharField(editable=False, max_length=255, verbose_name="title")),
                ("edition", models.PositiveIntegerField(default=1, editable=False)),
                ("minutes", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="minutes")),
                ("behaviours", models.JSONField(default=list, editable=False)),
                ("led_by", models.JSONField(default=list, editable=False)),
                ("issuer", models.CharField(editable=False, max_length=120, verbose_name="issued by")),
                ("completed_on", models.DateField(editable=False, verbose_name="completed on")),
                (
                    "issued_on",
                    models.DateField(default=people.lib.dates.today, editable=False, verbose_name="issued on"),
                ),
                ("expires_on", models.DateField(editable=False, null=True, verbose_name="valid until")),
                (
                    "withdrawn_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mistake", "It was issued by mistake"),
                            ("not_own_work", "The work was not the holder’s own"),
                            ("asked", "The holder asked for it"),
                            ("other", "Another reason"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                (
                    "pdf",
                    models.FileField(
                        blank=True,
                        editable=False,
                        storage=training.models.session.private_storage,
                        upload_to=training.models.certificate.pdf_name,
                    ),
                ),
                ("pdf_sha256", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "holder",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaced_by",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="training.certificate",
                    ),
                ),
                (
                    "completion",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="training.completion",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="training.place",
                    ),
                ),
            ],
            options={
                "ordering": ["-issued_on", "-pk"],
                "indexes": [models.Index(fields=["holder", "-issued_on"], name="training_certificate_holder")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "issued")),
                        fields=("completion",),
                        name="training_one_issued_certificate_each",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "issued")),
                        fields=("place",),
                        name="training_one_issued_certificate_a_place",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("completion", None), ("place", None), _connector="OR"),
                        name="training_certificate_has_one_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("replaced_by", None), ("state", "replaced"), _connector="OR"),
                        name="training_only_replaced_has_newer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("withdrawn_reason", ""), ("state", "withdrawn"), _connector="XOR"),
                        name="training_withdrawn_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on", None), ("expires_on__gte", models.F("completed_on")), _connector="OR"
                        ),
                        name="training_certificate_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Not answered yet"),
                            ("arranged", "Arranged"),
                            ("partly", "Partly arranged"),
                            ("not_possible", "Not possible"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("words", models.CharField(max_length=300, verbose_name="what I need to take part")),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="what is arranged, or why not")),
                (
                    "readers",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="training.facilitator", verbose_name="who may read it too"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="access_needs", to="training.place"
                    ),
                ),
            ],
            options={
                "verbose_name": "access need",
                "verbose_name_plural": "access needs",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RenewalReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("opens", "It can be renewed"),
                            ("soon", "It lapses soon"),
                            ("lapsed", "It has lapsed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sent_on", models.DateField(default=people.lib.dates.today)),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="training.certificate"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("certificate", "moment"), name="training_reminded_once_a_moment")
                ],
            },
        ),
        migrations.CreateModel(
            name="RequiredLearning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everyone", "Everybody on the staff"),
                            ("team", "A team"),
                            ("job_family", "A job family"),
                            ("role", "A role in this system"),
                            ("partnership", "A partnership, both sides"),
                        ],
                        max_length=20,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("Training co-ordinators", "Training co-ordinator"),
                            ("Appraisal administrators", "Appraisal administrator"),
                            ("Content editors", "Content editor"),
                            ("Content moderators", "Content moderator"),
                        ],
                        max_length=40,
                        verbose_name="role",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="by")),
                (
                    "repeat_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="again after so many months",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="why it is required")),
                ("ended_on", models.DateField(editable=False, null=True)),
                (
                    "job_family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.jobfamily",
                        verbose_name="job family",
                    ),
                ),
                (
                    "module",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="required",
                        to="training.modulepage",
                        verbose_name="module",
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
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="required",
                        to="training.jointsession",
                        verbose_name="joint session",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("module__isnull", True), ("session__isnull", True), _connector="XOR"),
                        name="training_one_thing_is_required",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience", "team"), ("team", None), _connector="XOR"),
                        name="training_required_of_a_team",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience", "job_family"), ("job_family", None), _connector="XOR"),
                        name="training_required_of_a_job_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience", "role"), ("role", ""), _connector="XOR"),
                        name="training_required_of_a_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience", "partnership"), ("partnership", None), _connector="XOR"),
                        name="training_required_of_a_partnership",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LearningException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "required",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exceptions",
                        to="training.requiredlearning",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("required", "person"), name="training_one_exception_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="RequiredNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_on", models.DateField(default=people.lib.dates.today)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "required",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="training.requiredlearning",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("required", "person"), name="training_told_once_of_required")
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="training.jointsession"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_at", "pk"],
                "indexes": [models.Index(fields=["starts_at"], name="training_session_date")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="training_date_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("full", "Here"),
                            ("part", "Here for part of it"),
                            ("apologies", "Sent apologies"),
                            ("no_show", "Did not come"),
                        ],
                        max_length=20,
                        verbose_name="presence",
                    ),
                ),
                ("marked_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "marked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendance", to="training.place"
                    ),
                ),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="training.sessiondate",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("place", "date"), name="training_one_presence_a_date")],
            },
        ),
        migrations.CreateModel(
            name="SessionFeedback",
            fields=[
                ("answer_key", models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)),
                ("group", models.CharField(choices=[("staff", "Staff"), ("partner", "Partners")], max_length=10)),
                (
                    "useful",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="It was worth my time",
                    ),
                ),
                (
                    "learnt",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="I learnt something from the other side",
                    ),
                ),
                (
                    "said_it",
                    models.CharField(
                        choices=[("yes", "Yes"), ("partly", "Partly"), ("no", "No")],
                        max_length=10,
                        verbose_name="Could you say what you came to say?",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True, max_length=1000, verbose_name="What should we keep, and what should we change?"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="feedback", to="training.jointsession"
                    ),
                ),
            ],
            options={
                "ordering": ["answer_key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("learnt__range", (1, 5)), ("useful__range", (1, 5))),
                        name="training_feedback_from_1_to_5",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionInvitation",
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
                        choices=[("invited", "No answer yet"), ("accepted", "Accepted"), ("declined", "Declined")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("email_key", models.CharField(editable=False, max_length=254)),
                (
                    "why_not",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("date", "The day or the hour does not suit"),
                            ("place", "It is too far, or hard to get to"),
                            ("cost", "It costs too much time or money"),
                            ("topic", "It is not for us"),
                            ("access", "I could not take part fully"),
                            ("other", "Something else"),
                        ],
                        max_length=20,
                        verbose_name="why not",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="in your own words")),
                ("answer_by", models.DateField(verbose_name="answer until")),
                ("asked_until", models.DateField(blank=True, null=True, verbose_name="would like to answer until")),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="training.jointsession",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["email_key"], name="training_invitation_address")],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "email_key"), name="training_one_invitation_an_address")
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        storage=training.models.session.private_storage,
                        upload_to=training.models.session.paper_name,
                        verbose_name="file",
                    ),
                ),
                ("file_name", models.CharField(blank=True, editable=False, max_length=160)),
                ("file_type", models.CharField(blank=True, editable=False, max_length=100)),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="address")),
                ("published_on", models.DateField(default=people.lib.dates.today, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="training.jointsession"
                    ),
                ),
            ],
            options={
                "ordering": ["published_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("file", ""), ("link", ""), _connector="XOR"),
                        name="training_paper_is_a_file_or_an_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for a reply"),
                            ("accepted", "Yes, it is planned"),
                            ("declined", "Not this time"),
                            ("withdrawn", "Taken back"),
                        ],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("what", models.TextField(max_length=1000, verbose_name="what you would like to do together")),
                ("where_and_when", models.CharField(max_length=300, verbose_name="where and when it could be")),
                ("who_for", models.CharField(max_length=300, verbose_name="who it is for")),
                ("proposed_on", models.DateField(default=people.lib.dates.today, editable=False)),
                ("reply_due_on", models.DateField(editable=False, verbose_name="reply due")),
                ("words", models.TextField(blank=True, editable=False, max_length=1000, verbose_name="reply")),
                (
                    "answered_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="training.jointsession",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal",
                "verbose_name_plural": "proposals",
                "ordering": ["reply_due_on", "pk"],
                "indexes": [
                    models.Index(fields=["state", "reply_due_on"], name="training_proposals_due"),
                    models.Index(fields=["by", "state"], name="training_proposals_of_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("first", "About a week before"), ("last", "The day before")], max_length=20
                    ),
                ),
                ("day", models.DateField()),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "date",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="training.sessiondate"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="training.place"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "date", "kind", "day"), name="training_one_reminder_of_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("names", models.PositiveIntegerField()),
                ("ordered_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        storage=training.models.session.private_storage,
                        upload_to=training.models.attendance.sheet_name,
                    ),
                ),
                (
                    "date",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_in_sheet",
                        to="training.sessiondate",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnitFinish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.PositiveIntegerField()),
                ("finished_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="wagtailcore.revision",
                    ),
                ),
                (
                    "start",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="finishes", to="training.modulestart"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.unitpage"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("start", "unit"), name="training_unit_finished_once")],
            },
        ),
        migrations.CreateModel(
            name="TryItNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block_id", models.CharField(max_length=64)),
                ("text", models.TextField(max_length=4000, verbose_name="note")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "start",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="try_notes", to="training.modulestart"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.unitpage"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("start", "block_id"), name="training_one_try_note_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="RequiredUnit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=255)),
                (
                    "start",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="required_units",
                        to="training.modulestart",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.unitpage"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [models.UniqueConstraint(fields=("start", "unit"), name="training_unit_required_once")],
            },
        ),
        migrations.CreateModel(
            name="Reflection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("block_id", models.CharField(max_length=64)),
                ("prompt", models.CharField(max_length=300)),
                ("text", models.TextField(max_length=4000, verbose_name="reflection")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="training.unitpage"
                    ),
                ),
            ],
            options={
                "ordering": ["-written_at"],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "unit", "block_id"), name="training_one_reflection_each")
                ],
            },
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, unique=True, verbose_name="name")),
                ("address", models.CharField(max_length=300, verbose_name="address")),
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="who lets people in")),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="whose it is",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.AddField(
            model_name="jointsession",
            name="venue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="training.venue",
                verbose_name="venue",
            ),
        ),
        migrations.CreateModel(
            name="VenueFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No"),
                            ("described", "Described"),
                            ("not_checked", "Not checked yet"),
                        ],
                        default="not_checked",
                        max_length=20,
                        verbose_name="answer",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="in words")),
                ("known_by", models.DateField(blank=True, null=True, verbose_name="known by")),
                ("checked_by", models.CharField(blank=True, max_length=200, verbose_name="who checked")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="checked on")),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="training.venue"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("venue", "code"), name="training_venue_fact_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer", "not_checked"),
                            models.Q(("checked_on__isnull", False), models.Q(("checked_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="training_known_fact_was_checked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "described"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="training_described_fact_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VenueQuestion",
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
                        choices=[("asked", "Asked"), ("answered", "Answered"), ("withdrawn", "Withdrawn")],
                        editable=False,
                        max_length=20,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "venue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="training.venue"
                    ),
                ),
            ],
            options={
                "verbose_name": "question to a host",
                "verbose_name_plural": "questions to hosts",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["asked", "answered"])),
                        fields=("venue",),
                        name="training_one_open_question_a_venue",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldPlaces",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "held_for",
                    models.CharField(
                        choices=[
                            ("new", "Organisations that come for the first time"),
                            ("public_body", "Public body"),
                            ("council", "Council"),
                            ("business", "Business"),
                            ("union", "Union"),
                            ("third_sector", "Charity or voluntary group"),
                            ("community", "Community group"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="for",
                    ),
                ),
                ("places", models.PositiveSmallIntegerField(verbose_name="places")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="held", to="training.jointsession"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("session", "held_for"), name="training_held_once")],
            },
        ),
    ]
