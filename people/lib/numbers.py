"""Whole numbers out of what a browser sends. No models."""

MOST_DIGITS = 18  # what a database key can hold


def whole_number(text: str | None) -> int | None:
    """The number in plain digits, or None for anything else: other scripts' digits, signs, endless ones."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else None
