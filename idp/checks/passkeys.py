"""Passkeys must belong to a domain of ours, and be asked for by websites of ours."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name

from idp.checks.registry import exposed, rule


@rule
def passkey_domain_is_a_domain() -> Iterator[CheckMessage]:
    """Browsers refuse to make passkeys for anything else."""
    domain = settings.PASSKEY_DOMAIN
    if urlsplit(f"https://{domain}").hostname != domain or (exposed() and "." not in domain):
        yield Error(
            f"The domain of passkeys, {domain!r}, is not a domain in small letters.",
            hint="Set BOROUGH_PASSKEY_DOMAIN to a domain alone, without https:// or a port.",
            id="borough.E060",
        )


@rule
def passkey_origins_are_origins() -> Iterator[CheckMessage]:
    """They are compared letter by letter with what browsers say."""
    wrong = [origin for origin in settings.PASSKEY_ORIGINS[1:] if not _is_origin(origin)]
    if wrong:
        yield Error(
            f"No website's plain https address: {', '.join(wrong)}.",
            hint="List https:// and a host, with nothing after it, in "
            "BOROUGH_PASSKEY_RELATED_ORIGINS.",
            id="borough.E061",
        )


@rule
def passkey_domain_contains_the_issuer() -> Iterator[CheckMessage]:
    """Else browsers ask that domain for the list of websites that may use its passkeys."""
    host = urlsplit(settings.ISSUER).hostname or ""
    domain = settings.PASSKEY_DOMAIN
    if host != domain and not host.endswith(f".{domain}"):
        yield Warning(
            f"Passkeys belong to {domain}, and {host} does not lie under it.",
            hint=f"https://{domain}/.well-known/webauthn must be answered by this server; or unset "
            "BOROUGH_PASSKEY_DOMAIN.",
            id="borough.W060",
        )


def _is_origin(address: str) -> bool:
    try:
        parts = urlsplit(address)
        fit = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:  # a port that is no number
        return False
    small_letters = not any(letter.isupper() for letter in address)
    return fit and small_letters and f"https://{parts.netloc}" == address
