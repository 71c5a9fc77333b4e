"""Somebody of the staff who helps a resident, in tests."""

from django.utils import timezone

from accounts.models import Account
from idp.console.helping.rules import LASTS, Tier
from idp.models import HelpSession
from tests.accounts.staffing.desk import Desk, at_work

KNOWN_BY = {
    Tier.UNCHECKED: "",
    Tier.MAILBOX: HelpSession.Known.MAILED_CODE,
    Tier.OWNER: HelpSession.Known.ACCOUNT_CODE,
}


def help_session(
    desk: Desk, account: Account | None, tier: Tier = Tier.UNCHECKED, **columns: object
) -> HelpSession:
    """Return a help session of this desk's sign-in, begun just now without a page."""
    assert desk.signed_in is not None
    now = timezone.now()
    values: dict[str, object] = {
        "role": "support",
        "reason": HelpSession.Reason.CANNOT_SIGN_IN,
        "channel": HelpSession.Channel.PHONE,
        "given": HelpSession.Given.ADDRESS,
        "case_reference": "BL-CDFGHJKM",
        "tier": tier,
        "known_by": KNOWN_BY[tier],
        "known_at": now if tier else None,
        "started_at": now,
        "expires_at": now + LASTS,
    }
    row: HelpSession = HelpSession.objects.create(
        staff=desk.signed_in.account,
        signed_in=desk.signed_in,
        account=account,
        **({"had_others": columns.get("others", [])} | values | columns),
    )
    return row


def helping(
    account: Account | None,
    tier: Tier = Tier.UNCHECKED,
    *,
    roles: tuple[str, ...] = ("support",),
    **columns: object,
) -> tuple[HelpSession, Desk]:
    """Return a help session and the desk of whoever of the staff began it."""
    _member, desk = at_work(*roles)
    return help_session(desk, account, tier, **columns), desk
