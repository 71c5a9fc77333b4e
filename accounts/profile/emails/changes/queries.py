"""Reading changes of addresses."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from accounts.assurance import Level
from accounts.mfa.queries import settled_level
from accounts.models import Account, EmailAddress, EmailChange, OutboundMessage, Session
from accounts.notices import queries as notices
from accounts.profile.emails.changes import rules
from accounts.profile.emails.changes.rules import OldAddress, Progress, Stage

Kind = EmailChange.Kind
REPLACES_MAIN = frozenset({Kind.REPLACE, Kind.MAKE_MAIN})


def of_account(account: Account, change_id: UUID) -> EmailChange | None:
    """Return the change of this id, if it is the account's."""
    return EmailChange.objects.filter(pk=change_id, account=account).first()


def open_change(account: Account) -> EmailChange | None:
    """Return the change that the account's owner has begun and not ended."""
    return EmailChange.objects.filter(
        account=account, done_at=None, cancelled_at=None, expires_at__gt=timezone.now()
    ).first()


def locked(change_id: UUID) -> EmailChange:
    """Return the change with its account; both rows are held until the transaction ends."""
    owner = EmailChange.objects.values_list("account_id", flat=True).get(pk=change_id)
    # Always the account first: whatever else changes it does the same.
    account = Account.objects.select_for_update(no_key=True).get(pk=owner)
    changes = EmailChange.objects.select_for_update(of=("self",), no_key=True)
    change = changes.get(pk=change_id)
    change.account = account
    return change


def locked_by_link(purpose: str, token: str) -> EmailChange | None:
    """Return the change that a mailed link is about, held like `locked`; ask for the link again."""
    message = notices.find_link(purpose, token).message
    if message is None or message.email_change_id is None:
        return None
    return locked(message.email_change_id)


def old_address(change: EmailChange, session: Session | None) -> OldAddress:
    """Return what the old address has to say to whoever is signed in with this session."""
    unsafe = EmailAddress.objects.filter(
        account=change.account_id, address_key=change.old_key, unsafe_since__isnull=False
    )
    replaces_main = change.kind in REPLACES_MAIN
    level = Level.ONE_FACTOR
    if session is not None and replaces_main:
        level = settled_level(session.account, session.proofs)
    return rules.old_address(
        replaces_main=replaces_main,
        unsafe=replaces_main and unsafe.exists(),
        level=level,
        by_staff=change.by_staff,
    )


def stage(change: EmailChange, session: Session | None) -> Stage:
    """Return how far the change is for whoever is signed in with this session."""
    progress = Progress(
        old=old_address(change, session),
        expires_at=change.expires_at,
        confirmed=change.confirmed_at is not None,
        agreed=change.agreed_at is not None,
        opens_at=change.opens_at,
        done=change.done_at is not None,
        cancelled=change.cancelled_at is not None,
    )
    return rules.stage(progress, now=timezone.now())


def would_open_at() -> datetime:
    """Return when a change could go on without its old address, if that was said now."""
    return timezone.now() + settings.EMAIL_CHANGE_WAIT


def newest_mail(change: EmailChange, template: str) -> OutboundMessage | None:
    """Return the last mail of this kind queued for the change: its link and code alone work."""
    mails = OutboundMessage.objects.filter(email_change=change, template=template)
    return mails.order_by("-created_at").first()
