"""Reads devices that wait, and the one that was let in."""

from uuid import UUID

from accounts.security import keyed_hash
from accounts.security.browser import BrowserId, is_token
from idp.models import AuthorizationRequest, DeviceGrant
from idp.oidc import device_codes

PURPOSE = "user_code"


def waiting(user_code: str, *, test_group: UUID | None) -> DeviceGrant | None:
    """Return the device that shows this code, with its application, while it may be answered.

    Only of an application that serves this group of test residents, or real ones.
    """
    rows = device_codes.waiting().select_related("application__organisation")
    row = rows.filter(user_code_hash__in=keyed_hash.candidates(PURPOSE, user_code)).first()
    if row is None or row.application.test_group != test_group:
        return None
    return row if row.application.is_usable() else None


def let_in(browser: BrowserId, request_id: str) -> AuthorizationRequest | None:
    """Return the request of this browser by which a device was let in."""
    rows = AuthorizationRequest.objects.select_related(
        "application__organisation", "session__account"
    )
    rows = rows.filter(device_grant__status=DeviceGrant.AUTHORIZED, consumed_at__isnull=False)
    row = rows.filter(pk=request_id).first() if is_token(request_id) else None
    return row if row is not None and browser.owns(row.browser_hash) else None
