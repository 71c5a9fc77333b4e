"""Queueing a mail or news of an event, and queueing again what a worker left when it died."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import (
    Account,
    EmailChange,
    OutboundMessage,
    PendingSignIn,
    PendingSignUp,
    RecoveryRequest,
)
from accounts.models.email_address import address_key
from accounts.notices import queries
from accounts.notices.catalogue import CATALOGUE, Template
from accounts.notices.jobs import send_message
from accounts.notices.news import Item, News
from accounts.notices.rules import LinkState
from accounts.security.browser import BrowserId

# Longer than any try to send takes.
_LOST_AFTER = timedelta(hours=1)


@transaction.atomic
def queue(
    *,
    template: Template,
    address: str,
    language: str,
    account: Account | None = None,
    sign_up: PendingSignUp | None = None,
    sign_in: PendingSignIn | None = None,
    recovery: RecoveryRequest | None = None,
    email_change: EmailChange | None = None,
    news: News | None = None,
    good_until: datetime | None = None,
) -> OutboundMessage:
    """Queue a mail and its job in the caller's transaction: both stand or neither.

    An empty `address` queues a mail for nobody, which costs the same and is dropped by the worker.
    `news`: what its safety link is about, of a mail that has one. `good_until`: how long its link
    works at least.
    """
    message = OutboundMessage.objects.create(
        template=template,
        address=address,
        address_key=address_key(address),
        language=language,
        account=account,
        sign_up=sign_up,
        sign_in=sign_in,
        recovery=recovery,
        email_change=email_change,
        news=[Item(news, timezone.now()).as_json()] if news else [],
        secret_expires_at=good_until,
    )
    send_message.enqueue(str(message.pk))
    return message


@transaction.atomic
def queue_about(
    *, template: Template, name: str, address: str, language: str, account: Account | None = None
) -> OutboundMessage:
    """Queue a mail for somebody at a partner that names an organisation or application."""
    message = OutboundMessage.objects.create(
        template=template,
        address=address,
        address_key=address_key(address),
        language=language,
        account=account,
        about_name=name,
    )
    send_message.enqueue(str(message.pk))
    return message


def note_bounced(*, message_id: UUID) -> bool:
    """Note that a mail server sent the mail back; say whether it is one that we had sent.

    Whoever forges a report must know the mail's number, and can only have it count as not arrived.
    """
    state = OutboundMessage.State
    rows = OutboundMessage.objects.filter(pk=message_id, state=state.SENT)
    return bool(rows.update(state=state.BOUNCED))


@transaction.atomic
def tell(
    *,
    account: Account,
    news: News,
    detail: str = "",
    due: datetime | None = None,
    also_to: Iterable[str] = (),
) -> None:
    """Tell the account's owner of an event, at each confirmed and safe address, in one mail each.

    News within NOTICE_DELAY of the first goes out together. Call it in the transaction that makes
    the news true, after whatever it changes in the account's addresses. `detail` is a key of
    `wording.DETAILS` or a kind of browser; `also_to` are addresses that were the account's until
    now, never one that was marked unsafe.
    """
    item = Item(news, timezone.now(), detail, due)
    told = {row.address_key: (item, row.address) for row in queries.addresses_to_tell(account)}
    farewell = replace(item, is_farewell=True)
    for former in also_to:
        told.setdefault(address_key(former), (farewell, former))
    # In one order, so that of two that tell at once none waits for the other for ever.
    for key, (its_item, address) in sorted(told.items()):
        _add(its_item, account, key, address)


def _add(item: Item, account: Account, key: str, address: str) -> None:
    notice = queries.lock_open_notice(account, key)
    if notice is not None:
        notice.news = [*notice.news, item.as_json()]
        notice.save(update_fields=["news"])
        return
    message = OutboundMessage.objects.create(
        template=Template.SECURITY_NOTICE,
        address=address,
        address_key=key,
        language=account.language,
        account=account,
        news=[item.as_json()],
        send_after=item.at + settings.NOTICE_DELAY,
    )
    send_message.using(run_after=message.send_after).enqueue(str(message.pk))


@transaction.atomic
def keep_open(*, purpose: str, token: str, browser: BrowserId) -> None:
    """Let a link that still works do so for as long as its lifetime from now, in this browser.

    Whoever fills in the page behind it may need that (WCAG 2.2 §2.2.1). It is no gift to whoever
    finds or steals an old mail: what has ended does not come back, no other browser gains by it,
    opening the page puts nothing off (mail scanners do that), and it is not for ever. What makes
    the mail void meanwhile (a newer one, a new password, an unsafe address) counts as before.
    """
    found = queries.lock_link(purpose, token, browser)
    message, ends_at, last = found.message, found.ends_at, found.last_end
    if found.state is not LinkState.GOOD or message is None or ends_at is None or last is None:
        return
    until = timezone.now() + CATALOGUE[message.template].lifetime
    message.kept_open_until = max(ends_at, min(until, last))
    message.kept_open_by_hash = browser.hash
    message.save(update_fields=["kept_open_until", "kept_open_by_hash"])


@transaction.atomic
def queue_lost_again(*, now: datetime) -> int:
    """Give every mail that no job will send, as after a worker was killed, a new one; count them.

    A job for a mail that was sent meanwhile does nothing.
    """
    waiting = queries.queued_before(now - _LOST_AFTER)
    # Read after the mails: whatever a job finishes in between is one job too many, never too few.
    busy = queries.with_a_job(send_message.module_path, begun_after=now - _LOST_AFTER)
    lost = [message_id for message_id in waiting if message_id not in busy]
    for message_id in lost:
        send_message.enqueue(message_id)
    return len(lost)
