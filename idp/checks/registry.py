"""The list of rules, and how Django and the server run it."""

from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage
from django.core.exceptions import ImproperlyConfigured

from clients.applications.addresses.rules import is_loopback

TAG: Final = "borough"
Rule = Callable[[], Iterator[CheckMessage]]
_RULES: Final[list[Rule]] = []


def rule(check: Rule) -> Rule:
    """Add a rule to the list: a function that yields what is wrong."""
    _RULES.append(check)
    return check


def exposed() -> bool:
    """Say whether others than this machine can reach the provider, so that real people may."""
    names = [urlsplit(settings.ISSUER).hostname or "", *settings.ALLOWED_HOSTS]
    return not all(is_loopback(name.strip("[]")) for name in names)


@checks.register(TAG, checks.Tags.security)
def borough_rules(**_: Any) -> list[CheckMessage]:
    """Return all that the rules find."""
    return [message for check in _RULES for message in check()]


def refuse_unsafe_settings() -> None:
    """Let no server start while a rule finds an error; Django runs checks for commands alone.

    Raises:
        ImproperlyConfigured: it did; the message lists every error with its hint.
    """
    errors = [message for message in borough_rules() if message.is_serious()]
    if errors:
        lines = "\n".join(f"{error.id}: {error.msg} {error.hint}" for error in errors)
        message = f"The settings are unsafe, so nothing is served:\n{lines}"
        raise ImproperlyConfigured(message)
