"""Lists of addresses that share a sector (OIDC Registration §5, OIDC Core §8.1)."""

from collections.abc import Collection
from http import HTTPStatus
from typing import Final

from accounts.security.outgoing.client import fetch
from accounts.security.outgoing.refusals import OutgoingRefusedError
from idp.oidc.errors import ProtocolError
from idp.oidc.registration.refusals import of_member
from idp.oidc.strict_json import NotStrictError, parse_array

_MEMBER: Final = "sector_identifier_uri"
_SECTION: Final = "OIDC Registration §5"


def check(uri: str, redirect_uris: Collection[str]) -> None:
    """Refuse redirect URIs that the owner of this address does not list.

    It is asked each time: never call it inside a transaction.

    Raises:
        ProtocolError: invalid_client_metadata; it is no such list, or one of them is not on it.
    """
    listed = _read(uri)
    if not set(redirect_uris) <= {one for one in listed if isinstance(one, str)}:
        words = "The list at sector_identifier_uri does not hold every one of redirect_uris."
        raise of_member(_MEMBER, words, detail="sector_lacks_redirect_uri", section=_SECTION)


def _read(uri: str) -> list[object]:
    try:
        answer = fetch(uri)
    except OutgoingRefusedError as error:
        raise _unreadable(detail=f"sector_{error.reason}") from error
    if answer.status != HTTPStatus.OK:
        raise _unreadable(detail="sector_status")
    try:
        return parse_array(answer.body)
    except NotStrictError as error:
        raise _unreadable(detail=f"sector_{error.fault}") from error


def _unreadable(*, detail: str) -> ProtocolError:
    # One sentence: nobody learns from an error what our network reaches.
    words = "No JSON list of addresses could be read at sector_identifier_uri."
    return of_member(_MEMBER, words, detail=detail, section=_SECTION)
