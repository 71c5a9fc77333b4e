"""What a service wants when it sends somebody here to sign out (RP-Initiated Logout §2)."""

from dataclasses import asdict, dataclass
from typing import Final

from django.core import signing

from clients.models import Application
from idp.keys.jwt import NotOurs, Typ, verify
from idp.oidc.authorize.checks.client import bad_state
from idp.oidc.logout.rules import Hint, ReturnAddress

_SALT: Final = "logout-wish"
_LIFETIME_SECONDS: Final = 3600


@dataclass(frozen=True)
class Wish:
    """The wish, verified as far as that goes; `return_address` is empty unless it may be used."""

    client_id: str = ""
    sid: str = ""
    hint: Hint = Hint.MISSING
    address: ReturnAddress = ReturnAddress.MISSING
    return_address: str = ""
    state: str = ""

    def application(self) -> Application | None:
        """Return the service whose wish it seems to be, read afresh; None if it may do nothing."""
        return _usable(self.client_id)


NOTHING: Final = Wish()


def of(parameters: dict[str, str]) -> Wish:
    """Return the wish in these parameters."""
    named = parameters.get("client_id", "")
    hint, client_id, sid = _verified(parameters.get("id_token_hint", ""), named)
    application = _usable(client_id)
    uri, state = parameters.get("post_logout_redirect_uri", ""), parameters.get("state", "")
    registered = application.post_logout_redirect_uris.split() if application else []
    may_return = hint is Hint.VERIFIED and uri in registered and not bad_state(state)
    address = ReturnAddress.REGISTERED if may_return else ReturnAddress.NOT_REGISTERED
    return Wish(
        client_id=client_id,
        sid=sid,
        hint=hint,
        address=address if uri else ReturnAddress.MISSING,
        return_address=uri if may_return else "",
        state=state if may_return else "",
    )


def pack(wish: Wish) -> str:
    """Return the wish for a form or address of ours, signed, so that the hint need not travel."""
    return signing.dumps(asdict(wish), salt=_SALT)


def unpack(packed: str) -> Wish:
    """Return what `pack` made; nothing at all if it is not ours or too old."""
    try:
        parts = signing.loads(packed, salt=_SALT, max_age=_LIFETIME_SECONDS)
    except signing.BadSignature:
        return NOTHING
    known = {**parts, "hint": Hint(parts["hint"]), "address": ReturnAddress(parts["address"])}
    return Wish(**known)


def _verified(token: str, named: str) -> tuple[Hint, str, str]:
    """Return what became of the hint, whose wish it is, and the `sid` that the hint holds."""
    if not token:
        return Hint.MISSING, named, ""
    try:
        claims = verify(token, typ=Typ.ID_TOKEN, expired_too=True)
    except NotOurs:
        return Hint.NOT_VERIFIED, named, ""
    client_id = claims["aud"]
    # RP-Initiated Logout §2: a client_id beside the hint must be the one it was issued to.
    if not isinstance(client_id, str) or named not in {"", client_id} or not _usable(client_id):
        return Hint.NOT_VERIFIED, named, ""
    return Hint.VERIFIED, client_id, str(claims.get("sid", ""))


def _usable(client_id: str) -> Application | None:
    rows = Application.objects.select_related("organisation")
    application = rows.filter(client_id=client_id).first() if client_id else None
    return application if application is not None and application.is_usable() else None
