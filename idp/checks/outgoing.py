"""Requests to partners must not lead inside by mistake."""

import ssl
from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name

from accounts.security.outgoing.rules import allowance_problem
from idp.checks.registry import exposed, rule


@rule
def allowed_hosts_are_hosts_with_ports() -> Iterator[CheckMessage]:
    """They are compared letter by letter, so that another spelling would allow nothing."""
    wrong = [entry for entry in settings.OUTGOING_ALLOW if allowance_problem(entry)]
    if wrong:
        yield Error(
            f"No host:port in small letters: {', '.join(wrong)}.",
            hint="List hosts with their ports in BOROUGH_OUTGOING_ALLOW, such as "
            "keys.borough.internal:8443.",
            id="borough.E100",
        )


@rule
def nothing_inside_may_be_asked() -> Iterator[CheckMessage]:
    """Whoever may register an application gives addresses that this server then asks."""
    if exposed() and settings.OUTGOING_ALLOW:
        yield Warning(
            f"Partners reach these through this server: {', '.join(settings.OUTGOING_ALLOW)}.",
            hint="Keep BOROUGH_OUTGOING_ALLOW to hosts that may be asked by anybody.",
            id="borough.W100",
        )


@rule
def certificates_can_be_read() -> Iterator[CheckMessage]:
    """Every request to a partner would fail."""
    if not settings.OUTGOING_CA_BUNDLE:
        return
    try:
        ssl.create_default_context(cafile=settings.OUTGOING_CA_BUNDLE)
    except (OSError, ssl.SSLError):
        yield Error(
            f"No certificates can be read from {settings.OUTGOING_CA_BUNDLE!r}.",
            hint="Set BOROUGH_OUTGOING_CA_BUNDLE to a file of certificates in PEM, or to nothing.",
            id="borough.E101",
        )
