"""Readers of the environment: each wrong value stops the start with a sentence, never a traceback."""

from environs import Env, EnvError

env = Env()


class WrongSetting(SystemExit):
    """Stops the start; the text is the whole message."""


def read(kind: str, name: str, *args, **options):
    """Read one variable with an environs reader; stop with a sentence when it is missing or malformed."""
    try:
        return getattr(env, kind)(name, *args, **options)
    except (EnvError, ValueError) as error:
        raise WrongSetting(f"Setting {name} is not usable: {error}. The README has a table of all settings.") from None
