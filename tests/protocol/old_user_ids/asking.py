"""A service that claims old user ids."""

from typing import TYPE_CHECKING, Any

from accounts.models import Account
from idp.models import OldUserId
from tests.protocol.partner import Partner, body
from tests.protocol.tokens import claims

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer
ID = "ann.1970"


def claim(partner: Partner, token: str, old_id: str = ID, **more: str) -> "Answer":
    return partner.post("/old-user-ids", {"access_token": token, "old_user_id": old_id, **more})


def told(partner: Partner, account: Account) -> tuple[Any, Any]:
    """Return what a new sign-in says of old ids, in the ID token and at userinfo."""
    issued = partner.tokens(account=account)
    in_token = claims(issued["id_token"], partner.application.client_id)
    at_userinfo = body(partner.userinfo(issued["access_token"]))
    return in_token.get("old_user_ids"), at_userinfo.get("old_user_ids")


def is_free(row: OldUserId) -> bool:
    row.refresh_from_db()
    return (row.account, row.claimed_at, row.sealed) == (None, None, "")
