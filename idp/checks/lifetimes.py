"""How long things last must be safe, and must fit together."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core.checks import CheckMessage, Error

from idp.checks.registry import rule

_LONGEST_CODE: Final = timedelta(seconds=60)
_LONGEST_ACCESS_TOKEN: Final = timedelta(hours=1)
_SHORTEST_KEY: Final = timedelta(days=1)
# (shorter, its variable, longer, its variable): the first may not outlast the second.
_ORDERS: Final = (
    (
        "SESSION_IDLE",
        "BOROUGH_SESSION_IDLE_SECONDS",
        "SESSION_ABSOLUTE",
        "BOROUGH_SESSION_ABSOLUTE_SECONDS",
    ),
    (
        "SHARED_DEVICE_IDLE",
        "BOROUGH_SHARED_DEVICE_IDLE_SECONDS",
        "SHARED_DEVICE_ABSOLUTE",
        "BOROUGH_SHARED_DEVICE_ABSOLUTE_SECONDS",
    ),
    (
        "SHARED_DEVICE_IDLE",
        "BOROUGH_SHARED_DEVICE_IDLE_SECONDS",
        "SESSION_IDLE",
        "BOROUGH_SESSION_IDLE_SECONDS",
    ),
    (
        "REFRESH_TOKEN_IDLE",
        "BOROUGH_REFRESH_TOKEN_IDLE_SECONDS",
        "CONSENT_LIFETIME",
        "BOROUGH_CONSENT_SECONDS",
    ),
    (
        "RESET_LIFETIME",
        "BOROUGH_RESET_SECONDS",
        "SIGN_UP_LIFETIME",
        "BOROUGH_SIGN_UP_SECONDS",
    ),
    (
        "CODE_REUSE_GRACE",
        "BOROUGH_CODE_REUSE_GRACE_SECONDS",
        "CODE_LIFETIME",
        "BOROUGH_CODE_SECONDS",
    ),
)


@rule
def codes_are_short_lived() -> Iterator[CheckMessage]:
    """A stolen code is useful until it expires (FAPI 2.0 Security Profile §5.3.2.1)."""
    if settings.CODE_LIFETIME > _LONGEST_CODE:
        yield Error(
            "Authorization codes are good for more than 60 seconds.",
            hint="Lower BOROUGH_CODE_SECONDS.",
            id="borough.E030",
        )


@rule
def lifetimes_fit_together() -> Iterator[CheckMessage]:
    """What is contained must not outlast what contains it."""
    for shorter, shorter_variable, longer, longer_variable in _ORDERS:
        if getattr(settings, shorter) > getattr(settings, longer):
            yield Error(
                f"{shorter} is longer than {longer}.",
                hint=f"Lower {shorter_variable} or raise {longer_variable}.",
                id="borough.E031",
            )


@rule
def access_tokens_are_short_lived() -> Iterator[CheckMessage]:
    """A service that only checks signatures learns of an ended session when its token expires."""
    if settings.ACCESS_TOKEN_LIFETIME > _LONGEST_ACCESS_TOKEN:
        yield Error(
            "Access tokens are good for more than an hour.",
            hint="Lower BOROUGH_ACCESS_TOKEN_SECONDS.",
            id="borough.E032",
        )


@rule
def keys_sign_for_a_while() -> Iterator[CheckMessage]:
    """Every key stays published after its time: many at once are slow to fetch and to search."""
    if settings.KEY_ROTATION < _SHORTEST_KEY:
        yield Error(
            "Signing keys are replaced more often than once a day.",
            hint="Raise BOROUGH_KEY_ROTATION_SECONDS.",
            id="borough.E033",
        )
