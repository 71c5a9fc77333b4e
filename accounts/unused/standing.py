"""Reads what comes next of an unused account, and what keeps the clock from closing it."""

from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Model, Q
from django.utils import timezone

from accounts.letters.queries import may_write_to
from accounts.models import (
    Account,
    Authenticator,
    Complaint,
    EmailAddress,
    Letter,
    OutboundMessage,
    Phone,
    PostalAddress,
    RecoveryRequest,
    TextMessage,
)
from accounts.notices.queries import addresses_to_tell
from accounts.texts.queries import number_to_tell
from accounts.unused import elsewhere, queries, rules
from accounts.unused.rules import Due, Facts, Hindrance, Way

_OPEN: Final = ("proving", "waiting", "paused")
_REACHED_BY: Final[tuple[type[Model], ...]] = (EmailAddress, Phone, PostalAddress)


def due(account: Account, now: datetime) -> Due:
    """Return what comes next of an unused account."""
    reminded = queries.reminded(account)
    # Asked where it matters alone: most are due for a reminder, or for nothing.
    hindered = hindrance(account, now) if reminded.again_at else None
    return rules.due(reminded, hindered, now=now)


def may_close(account: Account) -> bool:
    """Say whether an operator may close the account because nobody has used it."""
    now = timezone.now()
    found = queries.unused_one(account, now) if queries.is_on() else None
    return found is not None and due(found, now) in rules.FOR_OPERATORS


def hindrance(account: Account, now: datetime) -> Hindrance | None:
    """Return why the clock may not close an unused account, or None if it may."""
    years = settings.UNUSED_CLOSING_YEARS
    return rules.hindrance(
        Facts(
            by_clock=bool(years),
            is_long_unused=queries.last_used_at(account) <= rules.unused_since(years, now=now),
            is_member=elsewhere.of(account).is_member,
            is_held=_is_held(account, now),
            is_protected=_is_protected(account),
            ways=_arrived(account) if queries.reminded(account).closes_at else ways(account),
        )
    )


def ways(account: Account) -> frozenset[Way]:
    """Return by which ways the account's owner can be told."""
    found = {
        Way.MAIL: bool(addresses_to_tell(account)),
        Way.TEXT: number_to_tell(account) is not None,
        Way.LETTER: may_write_to(account),
    }
    return frozenset(way for way, is_there in found.items() if is_there)


def _arrived(account: Account) -> frozenset[Way]:
    """Return by which ways its owner was told the day, as far as we know; bounced is not told."""
    rows: dict[str, Any] = {
        "account": account,
        "created_at__gte": account.inactivity.announced_at,
        "state": OutboundMessage.State.SENT,
    }
    mails = OutboundMessage.objects.filter(template=OutboundMessage.Template.ACCOUNT_CLOSES)
    found = {
        Way.MAIL: mails.filter(**rows),
        Way.TEXT: TextMessage.objects.filter(kind=TextMessage.Kind.ACCOUNT_CLOSES, **rows),
        Way.LETTER: Letter.objects.filter(kind=Letter.Kind.ACCOUNT_CLOSES, **rows),
    }
    return frozenset(way for way, sent in found.items() if sent.exists())


def _is_held(account: Account, now: datetime) -> bool:
    """Say whether its owner, or somebody who says so, is in the middle of something."""
    if account.password_suspect_since is not None:
        return True
    if account.changes_held_until is not None and account.changes_held_until > now:
        return True
    begun = Q(state__in=_OPEN) | Q(started_at__gte=account.inactivity.told_at)
    return (
        RecoveryRequest.objects.filter(begun, account=account).exists()
        or Authenticator.objects.filter(account=account, suspect_since__isnull=False).exists()
        or Complaint.objects.filter(account=account, answered_at=None).exists()
    )


def _is_protected(account: Account) -> bool:
    """Say whether its owner told us to be careful, and may be kept from what we send."""
    unsafe = (
        model._default_manager.filter(account=account, unsafe_since__isnull=False)  # noqa: SLF001
        for model in _REACHED_BY
    )
    return account.is_discreet or any(rows.exists() for rows in unsafe)
