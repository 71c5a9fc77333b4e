"""What somebody typed into a form that came too late, carried through the sign-in it asks for."""

import json
from typing import Any
from urllib.parse import parse_qsl, urlencode

from cryptography.fernet import InvalidToken

from accounts.models import Account
from accounts.security import encryption
from accounts.sessions.middleware import BoroughRequest

_NAME = "typed"
# Never carried: what proves something, or is of no use the second time.
_LEFT_OUT = ("password", "code", "passkey", "csrf", "flow")
# A sign-in returns to an address of 500 characters at most; what does not fit is typed again.
_LONGEST = 500


def address_of(request: BoroughRequest, account: Account) -> str:
    """Return the address of the request's page, which keeps what was typed there unreadably."""
    query = [pair for pair in parse_qsl(request.META["QUERY_STRING"]) if pair[0] != _NAME]
    bare = f"{request.path}?{urlencode(query)}" if query else request.path
    typed = {name: value for name, value in request.POST.items() if _is_carried(name)}
    if not typed:
        return bare
    kept = encryption.encrypt(json.dumps([str(account.pk), typed]).encode())
    full = f"{request.path}?{urlencode([*query, (_NAME, kept)])}"
    return full if len(full) <= _LONGEST else bare


def typed_before(request: BoroughRequest) -> dict[str, Any]:
    """Return what this account's owner typed into the page's form before signing in again."""
    kept, session = request.GET.get(_NAME, ""), request.signed_in
    if not kept or session is None:
        return {}
    try:
        account_id, typed = json.loads(encryption.decrypt(kept))
    except (InvalidToken, KeyError, UnicodeEncodeError, ValueError):
        return {}
    # Whoever signed in may not be the one who typed.
    return dict(typed) if account_id == str(session.account_id) else {}


def _is_carried(name: str) -> bool:
    return not any(part in name for part in _LEFT_OUT)
