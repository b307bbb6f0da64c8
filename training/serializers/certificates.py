"""Certificates, for their holder and for whoever checks a code."""

import datetime

from rest_framework import serializers

from training.enums import CertificateState
from training.models import Certificate

FROZEN = ["title", "minutes", "behaviours", "led_by", "issuer", "completed_on", "issued_on", "expires_on"]


class CertificateSerializer(serializers.ModelSerializer):
    """A certificate as its holder sees it. What it says is frozen on the day of issue."""

    status = serializers.CharField(help_text="`valid`, `expired`, `replaced` or `withdrawn`.")
    is_of_session = serializers.BooleanField(help_text="True when a joint session was attended, false for a module.")
    behaviours = serializers.ListField(
        child=serializers.CharField(), source="behaviour_names", help_text="What it was about, in the words of that day"
    )
    led_by = serializers.ListField(child=serializers.CharField(), help_text="Who led the session.")
    replaced_by = serializers.SerializerMethodField()
    has_pdf = serializers.SerializerMethodField()
    withdrawn_reason = serializers.CharField(help_text="Empty unless it was withdrawn.")

    class Meta:
        model = Certificate
        fields = ["code", "status", "is_of_session", "holder_name", *FROZEN, "edition", "replaced_by"]
        fields += ["withdrawn_reason", "has_pdf"]

    def get_replaced_by(self, certificate) -> str | None:
        """Code of the newer one."""
        return certificate.replaced_by.code if certificate.replaced_by else None

    def get_has_pdf(self, certificate) -> bool:
        """False while the PDF is being made."""
        return bool(certificate.pdf)


class VerifiedSerializer(serializers.ModelSerializer):
    """What anybody with the code sees: the name, the title, the dates and the status."""

    status = serializers.CharField(help_text="`valid`, `expired`, `replaced` or `withdrawn`.")
    is_of_session = serializers.BooleanField(help_text="True when a joint session was attended, false for a module.")
    valid_until = serializers.SerializerMethodField()

    class Meta:
        model = Certificate
        fields = ["status", "holder_name", "title", "is_of_session", "completed_on", "issued_on", "valid_until"]

    def get_valid_until(self, certificate) -> datetime.date | None:
        """The last day, as long as it was neither replaced nor withdrawn."""
        return certificate.expires_on if certificate.state == CertificateState.ISSUED else None
