"""Parameters of an address, read with a sentence for whatever they cannot be."""

from rest_framework.exceptions import ValidationError

MOST_WORDS = 100


def words_of(request, name: str = "q") -> str:
    """Words to search by, trimmed; 400 for more than 100 characters or for one that no text holds."""
    words = request.query_params.get(name, "").strip()
    if len(words) > MOST_WORDS:
        raise ValidationError({f"?{name}": [f"Use at most {MOST_WORDS} characters."]})
    if "\x00" in words:
        raise ValidationError({f"?{name}": ["A character in it cannot be searched for."]})
    return words


def one_of(request, name: str, allowed) -> str:
    """One of some fixed words, or "" when it is not said; 400 for anything else."""
    said = request.query_params.get(name)
    if said is not None and said not in allowed:
        raise ValidationError({f"?{name}": ["Use one of: " + ", ".join(sorted(allowed)) + "."]})
    return said or ""
