"""Examples and what others say of them; cycles and reviews follow in files of their own."""

from appraisal.models.evidence import EvidenceConfirmation, EvidenceEntry, EvidenceReply

__all__ = ["EvidenceConfirmation", "EvidenceEntry", "EvidenceReply"]
