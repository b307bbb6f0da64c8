"""Readers of the environment: each wrong value stops the start with a sentence, never a traceback."""

from environs import Env, EnvError

env = Env()


class WrongSetting(SystemExit):
    """Stops the start; the text is the whole message."""

    @classmethod
    def of(cls, name: str, why: object) -> "WrongSetting":
        """The sentence for one variable."""
        return cls(f"Setting {name} is not usable: {why}. The README has a table of all settings.")


def read(kind: str, name: str, *args, **options):
    """Read one variable with an environs reader; stop with a sentence when it is missing or malformed."""
    try:
        return getattr(env, kind)(name, *args, **options)
    except (EnvError, ValueError) as error:
        raise WrongSetting.of(name, error) from None
