"""The pages behind a mailed link: whose they are, and what there is to say of a recovery."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.help_codes.trail import note_step
from accounts.limits.operations import Verdict, hit
from accounts.limits.rules import network_of
from accounts.limits.table import RECOVERY_GUESS, RECOVERY_GUESS_ACCOUNT
from accounts.models import Account, OutboundMessage, RecoveryRequest
from accounts.notices.queries import FoundLink, find_link
from accounts.notices.rules import LinkState
from accounts.recovery import queries
from accounts.recovery.rules import Refusal
from accounts.sessions.middleware import BoroughRequest


@dataclass(frozen=True)
class Behind:
    """A good link's mail and its account, and how long it works."""

    message: OutboundMessage
    account: Account
    link: FoundLink


def behind(request: BoroughRequest, purpose: str, token: str) -> Behind | HttpResponse:
    """Return what a good link leads to, or the page that says why it leads nowhere."""
    found = find_link(purpose, token, request.browser)
    message = found.message
    account = message.account if message is not None else None
    if found.state is not LinkState.GOOD or message is None or account is None:
        return dead(request, found.state)
    if not queries.is_own_and_safe(account, message.address_key):
        return dead(request, LinkState.EXPIRED)
    return Behind(message, account, found)


def time_left(link: FoundLink, page: str, token: str) -> dict[str, object]:
    """Return what the page behind a link tells of its time, and where there is more (`page`)."""
    return {
        "link_until": link.ends_at,
        "may_be_kept_open": link.may_be_kept_open,
        "more_time_url": reverse(page, args=[token]),
    }


def count_guess(request: BoroughRequest, account: Account) -> Verdict:
    """Count one try to show a password or a code, and say whether it may be looked at."""
    near = hit(RECOVERY_GUESS, str(account.pk), network_of(request.META["REMOTE_ADDR"]))
    return hit(RECOVERY_GUESS_ACCOUNT, str(account.pk)) if near.allowed else near


def dead(request: BoroughRequest, state: LinkState) -> HttpResponse:
    """Say that the link leads nowhere, and how to get one that does."""
    note_step(request, state)
    words = {"state": state}
    return render(request, "accounts/recovery/ways_link_dead.html", words, status=404)


def refused(request: BoroughRequest, refusal: Refusal) -> HttpResponse:
    """Say why this way back is not open now, and what is."""
    note_step(request, refusal)
    words = {"refusal": refusal}
    return render(request, "accounts/recovery/refused.html", words, status=409)


def state_of(row: RecoveryRequest | None) -> dict[str, object]:
    """Return what pages tell of a recovery: how far it is, and when it opens."""
    if row is None:
        return {"recovery": None}
    return {"recovery": row, "standing": queries.standing_of(row)}
