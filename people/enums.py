"""Fixed choices of the people app. No models here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Roles that are groups. Manager, second manager, lead and contact are relations, never groups."""

    COORDINATOR = "Training co-ordinators", _("Training co-ordinator")
    HR = "Appraisal administrators", _("Appraisal administrator")
    EDITOR = "Content editors", _("Content editor")
    MODERATOR = "Content moderators", _("Content moderator")


class Sector(models.TextChoices):
    """Where an organisation stands (DOMAIN F). Informal groups and individuals are first-class (S31)."""

    PUBLIC_BODY = "public_body", _("Public body")
    COUNCIL = "council", _("Council")
    BUSINESS = "business", _("Business")
    UNION = "union", _("Union")
    THIRD_SECTOR = "third_sector", _("Charity or voluntary group")
    COMMUNITY = "community", _("Community group")
    OTHER = "other", _("Other")


class OrganisationSize(models.TextChoices):
    """How many people work for an organisation or belong to it, roughly; empty where nobody has said."""

    ALONE = "alone", _("One person, or an informal group")
    SMALL = "small", _("Up to 9 people")
    MEDIUM = "medium", _("10 to 49 people")
    LARGE = "large", _("50 to 249 people")
    VERY_LARGE = "very_large", _("250 people or more")


class Side(models.TextChoices):
    """The two sides of every partnership."""

    STAFF = "staff", _("Staff")
    PARTNER = "partner", _("Partner")


class ActorKind(models.TextChoices):
    """How somebody comes to act: signed in, by a mailed link, or the system itself."""

    PERSON = "person", _("Person")
    LINK = "link", _("Mailed link")
    SYSTEM = "system", _("System")


class ApiArea(models.TextChoices):
    """What a token of the API reaches. An area never gives more than the person has; it only narrows."""

    ME = "me", _("Who I am and what waits for me")
    LEARNING = "learning", _("Modules, my progress and my certificates")
    SESSIONS = "sessions", _("Joint sessions, places, attendance and participation")
    EXAMPLES = "examples", _("My examples and requests to confirm them")
    REVIEWS = "reviews", _("Reviews I may read, and my team")
    PARTNERSHIPS = "partnerships", _("What we expect of each other, partnerships and organisations")
