"""Whom an `id_token_hint` names (OIDC Core §3.1.2.1)."""

from uuid import UUID

from clients.models import Application
from idp.keys.jwt import NotOurs, Typ, verify
from idp.oidc import subjects

__all__ = ["NotOurs", "account_of"]


def account_of(token: str, application: Application) -> UUID:
    """Return the account that an ID token of ours, expired or not, told this application of.

    Raises:
        NotOurs: it is none, or was made for another application.
    """
    claims = verify(token, typ=Typ.ID_TOKEN, audience=application.client_id, expired_too=True)
    accounts = subjects.accounts_known_as({str(claims["sub"])}, application)
    if not accounts:
        raise NotOurs(reason="unknown_subject")
    return accounts.pop()
