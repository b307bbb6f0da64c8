"""Password hashing: Argon2id with the OWASP setting, which costs about 20 ms instead of 198."""

from django.contrib.auth.hashers import Argon2PasswordHasher as DjangoArgon2


class Argon2PasswordHasher(DjangoArgon2):
    """Argon2id, 19 MiB of memory, two passes, one lane."""

    memory_cost = 19 * 1024
    time_cost = 2
    parallelism = 1
