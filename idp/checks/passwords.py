"""Passwords must be slow to guess for whoever copied the database."""

from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.core.checks import CheckMessage, Error

from idp.checks.registry import exposed, rule

# OWASP Password Storage: the least memory in KiB for each number of passes, all of one strength.
_LEAST_MEMORY: Final = {1: 47_104, 2: 19_456, 3: 12_288, 4: 9_216}
_LEAST_MEMORY_EVER: Final = 7_168
_LEAST_LENGTH: Final = 12


@rule
def hashing_is_slow_enough() -> Iterator[CheckMessage]:
    """Less lets a stolen table be tried at many times the speed."""
    least = _LEAST_MEMORY.get(settings.ARGON2_TIME_COST, _LEAST_MEMORY_EVER)
    if exposed() and least > settings.ARGON2_MEMORY_KIB:
        yield Error(
            f"Argon2id with {settings.ARGON2_TIME_COST} passes needs {least} KiB of memory.",
            hint="Unset BOROUGH_ARGON2_MEMORY_KIB and BOROUGH_ARGON2_TIME_COST, or raise them.",
            id="borough.E040",
        )


@rule
def passwords_are_long_enough() -> Iterator[CheckMessage]:
    """Length is what makes a password without composition rules hard to guess."""
    if exposed() and settings.PASSWORD_MINIMUM_LENGTH < _LEAST_LENGTH:
        yield Error(
            f"Passwords of {settings.PASSWORD_MINIMUM_LENGTH} characters would be accepted.",
            hint="Unset BOROUGH_PASSWORD_MINIMUM_LENGTH or set it to 12 or more.",
            id="borough.E041",
        )
