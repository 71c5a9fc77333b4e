"""Writes of whoever reads a mail about a change that was not theirs."""

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.freezing.operations import freeze_by_mail
from accounts.models import Account, EmailChange, OutboundMessage, Session
from accounts.notices import queries as notices
from accounts.notices.catalogue import EMAIL_CONFIRM_LINK, EMAIL_OBJECT_LINK
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.notices.rules import LinkState
from accounts.profile.emails.changes import operations as changes
from accounts.profile.emails.changes import queries
from accounts.sessions import operations as sessions
from accounts.signals import credential_changed


@transaction.atomic
def stop(*, purpose: str, token: str, by: Actor) -> None:
    """End the change that the link is about, if it was not brought about yet.

    Whoever reads an address of the account also signs everybody out; the reader of an address that
    somebody only typed here does not.
    """
    change = queries.locked_by_link(purpose, token)
    message = _good(purpose, token)
    if change is None or message is None or change.done_at or change.cancelled_at:
        return
    _use(message)
    changes.cancel(change_id=change.pk, reason="not_me", by=by)
    if purpose != EMAIL_CONFIRM_LINK:
        account = change.account
        sessions.end_all(account=account, reason=Session.EndReason.NOT_ME, by=by)
        credential_changed.send(Account, account=account, kept_session=None, offline_ends=True)
        tell(account=account, news=News.EVERYTHING_ENDED)


@transaction.atomic
def dispute(*, token: str, by: Actor) -> None:
    """Freeze the account and have staff look at a change that was brought about; undo nothing."""
    change = queries.locked_by_link(EMAIL_OBJECT_LINK, token)
    message = _good(EMAIL_OBJECT_LINK, token)
    if change is None or message is None or change.expires_at <= timezone.now():
        return
    _use(message)
    change.disputed_at = timezone.now()
    change.save(update_fields=["disputed_at"])
    record(Event.EMAIL_CHANGE_DISPUTED, by=by, about=_about(change))
    freeze_by_mail(account=change.account, mailbox_key=change.old_key, by=by)


def _good(purpose: str, token: str) -> OutboundMessage | None:
    found = notices.find_link(purpose, token)
    return found.message if found.state is LinkState.GOOD else None


def _use(message: OutboundMessage) -> None:
    message.used_at = timezone.now()
    message.save(update_fields=["used_at"])


def _about(change: EmailChange) -> About:
    return About(account_id=change.account_id, object_kind="email_change", object_id=str(change.pk))
