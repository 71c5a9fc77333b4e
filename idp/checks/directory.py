"""The directory that staff come by must be whole, trustworthy, and another than we are."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error

from accounts.staff import Role
from clients.applications.addresses.rules import is_loopback
from idp.checks.registry import rule


@rule
def a_directory_is_named_whole() -> Iterator[CheckMessage]:
    """Half of it would look configured, and let nobody in."""
    needed = {
        "BOROUGH_DIRECTORY_ISSUER": settings.DIRECTORY_ISSUER,
        "BOROUGH_DIRECTORY_CLIENT_ID": settings.DIRECTORY_CLIENT_ID,
        "BOROUGH_DIRECTORY_CLIENT_SECRET": settings.DIRECTORY_CLIENT_SECRET,
        "BOROUGH_DIRECTORY_GROUPS": settings.DIRECTORY_GROUPS,
    }
    missing = [name for name, value in needed.items() if not value]
    if missing and len(missing) < len(needed):
        yield Error(
            f"The directory of staff lacks {', '.join(missing)}.",
            hint="Set all of BOROUGH_DIRECTORY_ISSUER, _CLIENT_ID, _CLIENT_SECRET and _GROUPS, or "
            "none of them.",
            id="borough.E120",
        )


@rule
def the_directory_is_asked_in_secret() -> Iterator[CheckMessage]:
    """Whoever sits in between would be whom they like of the staff."""
    if not settings.DIRECTORY_ISSUER:
        return
    try:
        issuer = urlsplit(settings.DIRECTORY_ISSUER)
        here = issuer.scheme == "http" and is_loopback(issuer.hostname or "")
        is_fit = (issuer.scheme == "https" or here) and bool(issuer.hostname) and issuer.port != 0
    except ValueError:
        is_fit = False
    if not is_fit or any(sign in settings.DIRECTORY_ISSUER for sign in "?#@"):
        yield Error(
            f"The directory of staff cannot be {settings.DIRECTORY_ISSUER!r}.",
            hint="Set BOROUGH_DIRECTORY_ISSUER to the https address that its discovery names.",
            id="borough.E121",
        )
    if settings.DIRECTORY_ISSUER.rstrip("/") == settings.ISSUER:
        yield Error(
            "Staff would prove who they are by accounts that they look after themselves.",
            hint="Set BOROUGH_DIRECTORY_ISSUER to the council's directory, not to this server.",
            id="borough.E122",
        )


@rule
def groups_give_roles_that_there_are() -> Iterator[CheckMessage]:
    """A role that is misspelt would give nothing, or be taken from everybody."""
    wrong = [
        role for role, group in settings.DIRECTORY_GROUPS if role not in set(Role) or not group
    ]
    if wrong:
        yield Error(
            f"No role of staff with a group: {', '.join(map(repr, wrong))}.",
            hint="Write BOROUGH_DIRECTORY_GROUPS as role:group with commas between, each role "
            f"one of {', '.join(Role)}.",
            id="borough.E123",
        )


@rule
def the_directory_is_asked_who_somebody_is() -> Iterator[CheckMessage]:
    """It would name nobody."""
    if settings.DIRECTORY_ISSUER and "openid" not in settings.DIRECTORY_SCOPES.split():
        yield Error(
            "The directory would be asked for no ID token.",
            hint="Let BOROUGH_DIRECTORY_SCOPES begin with openid.",
            id="borough.E124",
        )
