"""What is for one machine alone must not reach further, and the issuer must be well formed."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name

from idp.checks.registry import exposed, rule
from idp.web_servers import NONE, unfit

_SILENT_BACKENDS: Final = ("console", "dummy", "filebased", "locmem")


@rule
def issuer_is_an_origin() -> Iterator[CheckMessage]:
    """Every address, the cookies' prefix and `iss` are made from the issuer."""
    parts = urlsplit(settings.ISSUER)
    try:
        origin = f"{parts.scheme}://{parts.netloc}"
        fit = bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:  # a port that is no number
        origin, fit = "", False
    small_letters = not any(letter.isupper() for letter in settings.ISSUER)
    if not (
        fit and small_letters and parts.scheme in {"http", "https"} and origin == settings.ISSUER
    ):
        yield Error(
            f"The issuer {settings.ISSUER!r} is not a plain origin.",
            hint="Set BOROUGH_ISSUER to https:// and a host in small letters, nothing after it.",
            id="borough.E001",
        )


@rule
def issuer_is_encrypted() -> Iterator[CheckMessage]:
    """Anybody on the way could read passwords and codes."""
    if exposed() and not settings.ISSUER.startswith("https://"):
        yield Error(
            "The issuer uses http, which can be read on the way.",
            hint="Set BOROUGH_ISSUER to an https:// address.",
            id="borough.E002",
        )


@rule
def demonstration_stays_here() -> Iterator[CheckMessage]:
    """The demonstration shows everybody all mail and lets services use http."""
    if exposed() and settings.DEMO:
        yield Error(
            "The demonstration is on, and others than this machine can reach it.",
            hint="Unset BOROUGH_DEMO, or let BOROUGH_ISSUER and BOROUGH_EXTRA_HOSTS name nothing "
            "but localhost.",
            id="borough.E003",
        )


@rule
def hosts_are_named() -> Iterator[CheckMessage]:
    """A request for any host would be answered (host header attacks)."""
    if any(host.startswith(("*", ".")) for host in settings.ALLOWED_HOSTS):
        yield Error(
            "Requests for hosts that are not ours would be answered.",
            hint="List whole host names in BOROUGH_EXTRA_HOSTS, without * or a leading dot.",
            id="borough.E004",
        )


@rule
def outbox_is_for_the_demonstration() -> Iterator[CheckMessage]:
    """Its page shows every message, with links and codes, to whoever opens it."""
    ways_out = (settings.EMAIL_BACKEND, settings.TEXTS_ADAPTER)
    outbox = any(way.startswith("idp.demo.") for way in ways_out)
    if outbox and (exposed() or not settings.DEMO):
        yield Error(
            "Mail or text messages go to the outbox page of the demonstration.",
            hint="Unset BOROUGH_EMAIL_BACKEND to send mail by SMTP, and BOROUGH_TEXTS_ADAPTER.",
            id="borough.E005",
        )


@rule
def mail_is_sent() -> Iterator[CheckMessage]:
    """Nobody could create an account or reset a password; some of these print codes to logs."""
    silent = settings.EMAIL_BACKEND.split(".")[-2:-1]
    if exposed() and silent and silent[0] in _SILENT_BACKENDS:
        yield Error(
            f"The mail backend {settings.EMAIL_BACKEND} sends nothing.",
            hint="Unset BOROUGH_EMAIL_BACKEND to send mail by SMTP.",
            id="borough.E006",
        )


@rule
def limits_are_on() -> Iterator[CheckMessage]:
    """Passwords and six-digit codes could be guessed."""
    if exposed() and not settings.LIMITS_ENABLED:
        yield Error(
            "The limits on tries are off.",
            hint="Unset BOROUGH_LIMITS_ENABLED.",
            id="borough.E007",
        )


@rule
def errors_stay_inside() -> Iterator[CheckMessage]:
    """Debug pages show settings and personal data to whoever causes an error."""
    if exposed() and settings.DEBUG:
        yield Error(
            "Debug pages are on.",
            hint="DEBUG is False in idp/settings.py and must stay so.",
            id="borough.E008",
        )


@rule
def web_server_is_named() -> Iterator[CheckMessage]:
    """Unnamed, its forms would be refused as http, and all residents limited as one network."""
    if exposed() and settings.ISSUER.startswith("https://") and not settings.TRUSTED_PROXIES:
        yield Error(
            "Nothing says which web server ends TLS, so its word is not taken.",
            hint="Set BOROUGH_TRUSTED_PROXIES to the address it connects from, such as 127.0.0.1, "
            "or to none if this server ends TLS itself.",
            id="borough.E009",
        )


@rule
def trusted_proxies_are_peers() -> Iterator[CheckMessage]:
    """Whoever is trusted may claim any address, and so escape every limit."""
    if unfit(settings.TRUSTED_PROXIES):
        yield Error(
            f"No address or network: {', '.join(unfit(settings.TRUSTED_PROXIES))}.",
            hint="List addresses or networks such as 10.0.0.0/24 in BOROUGH_TRUSTED_PROXIES, not "
            "everybody; or none, alone.",
            id="borough.E050",
        )


@rule
def certificates_come_by_a_web_server() -> Iterator[CheckMessage]:
    """Nobody else sees the handshake, and browsers must not be asked for one (RFC 8705 §5)."""
    address, trusted = settings.MTLS_ADDRESS, settings.TRUSTED_PROXIES
    if not address:
        return
    parts, own = urlsplit(address), urlsplit(settings.ISSUER)
    is_origin = address == f"https://{parts.netloc}" and parts.hostname and "@" not in address
    if not is_origin or parts.hostname == own.hostname:
        yield Error(
            f"No https address of another host: {address!r}.",
            hint="Set BOROUGH_MTLS_ADDRESS to https:// and a host name of its own, or to nothing.",
            id="borough.E051",
        )
    if not trusted or NONE in trusted:
        yield Error(
            "Applications cannot come with certificates: no web server is trusted to tell them.",
            hint="Set BOROUGH_TRUSTED_PROXIES, and deploy/nginx-mtls.conf before this server, or "
            "BOROUGH_MTLS_ADDRESS to nothing.",
            id="borough.E052",
        )


@rule
def database_is_a_server() -> Iterator[CheckMessage]:
    """SQLite takes one writer at a time and one machine; fine for a few hundred residents."""
    engine = str(settings.DATABASES["default"]["ENGINE"])
    if exposed() and engine.endswith("sqlite3"):
        yield Warning(
            "The database is SQLite, which lets one request write at a time.",
            hint="Set BOROUGH_DATABASE_URL to a postgresql:// address.",
            id="borough.W001",
        )
