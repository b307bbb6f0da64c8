"""Learning that is asked of an audience by a day: rounds, exceptions, who owes what."""
