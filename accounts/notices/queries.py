"""Finding a mail again, by its link or by what it is about, and where mail may go."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import Account, DeathNote, EmailAddress, OutboundMessage, PendingSignUp
from accounts.notices import rules
from accounts.notices.catalogue import CATALOGUE, SAFETY_LINK
from accounts.notices.news import Item
from accounts.notices.rules import LinkState
from accounts.security import keyed_hash
from accounts.security.browser import BrowserId


@dataclass(frozen=True)
class FoundLink:
    """A link's state, and its mail unless the link is unknown.

    `ends_at`: when it stops working, in the browser that was asked about.
    """

    state: LinkState
    message: OutboundMessage | None = None
    ends_at: datetime | None = None

    @property
    def last_end(self) -> datetime | None:
        """How far that end can be put off, by whoever opened the link in time."""
        if self.message is None or self.message.secret_expires_at is None:
            return None
        lifetime = CATALOGUE[self.message.template].lifetime
        return rules.last_end(self.message.secret_expires_at, lifetime)

    @property
    def may_be_kept_open(self) -> bool:
        """Whether it can be put off at all."""
        return bool(self.ends_at and self.last_end and self.ends_at < self.last_end)


def is_of_somebody_dead(account_id: UUID | None) -> bool:
    """Say whether nothing may be sent to the account's owner, who is said to have died."""
    return DeathNote.objects.filter(account=account_id, undone_at=None).exists()


def find_link(purpose: str, token: str, browser: BrowserId | None = None) -> FoundLink:
    """Return what is known of a link of this purpose (the URL name it was minted for).

    `browser`: the one that opened it, where a link can be kept open (`operations.keep_open`).
    """
    return _found(purpose, token, browser, OutboundMessage.objects.all())


def lock_link(purpose: str, token: str, browser: BrowserId | None = None) -> FoundLink:
    """Do the same and hold account and mail until the transaction ends, for a link that is used."""
    # The account first, as whatever else changes it does: the other way round two would wait for
    # each other.
    _hold_owner(keyed_hash.candidates(purpose, token))
    # The joined rows are optional, and PostgreSQL locks no optional side of a join.
    rows = OutboundMessage.objects.select_for_update(of=("self",), no_key=True)
    return _found(purpose, token, browser, rows)


def lock_message(message_id: UUID) -> OutboundMessage | None:
    """Return the mail with its account and sign-up, its row held until the transaction ends."""
    messages = OutboundMessage.objects.select_for_update(of=("self",), no_key=True)
    return (
        messages.select_related("account", "sign_up", "sign_in", "recovery", "email_change")
        .filter(pk=message_id)
        .first()
    )


def queued_before(moment: datetime) -> list[str]:
    """Return the ids of mails queued before the moment and not done with yet."""
    queued = OutboundMessage.objects.filter(
        state=OutboundMessage.State.QUEUED, created_at__lte=moment
    )
    return [str(message_id) for message_id in queued.values_list("pk", flat=True)]


def with_a_job(task_path: str, *, begun_after: datetime) -> set[str]:
    """Return the ids of mails that a job of this task will send, or has begun to lately."""
    jobs = DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.READY)
        | Q(status=TaskResultStatus.RUNNING, started_at__gt=begun_after),
        task_path=task_path,
    )
    return {arguments["args"][0] for arguments in jobs.values_list("args_kwargs", flat=True)}


def safe_addresses() -> QuerySet[EmailAddress]:
    """Return the addresses, of any account, that mail may go to and be obeyed from.

    None of a made-up person: what is mailed opens nothing of theirs, and tells them nothing.
    """
    return EmailAddress.objects.filter(unsafe_since=None, account__is_test=False)


def addresses_to_tell(account: Account) -> list[EmailAddress]:
    """Return the account's addresses that learn what happens to it, the main one first."""
    return list(safe_addresses().filter(account=account).order_by("-is_primary", "pk"))


def is_obeyed(message: OutboundMessage) -> bool:
    """Say whether the mail's reader may be told and heard: not at an address marked unsafe.

    Nor, by a safety link, at one that is no longer the account's, unless the mail is the one that
    said so. Asked at sending, and again when a link or code comes back.
    """
    if message.account_id is None:
        return True
    rows = EmailAddress.objects.filter(account=message.account_id, address_key=message.address_key)
    row = rows.first()
    if row is not None:
        return row.unsafe_since is None
    if CATALOGUE[message.template].link != SAFETY_LINK:
        return True
    return any(Item.from_json(kept).is_farewell for kept in message.news)


def newest_for(sign_up: PendingSignUp) -> OutboundMessage | None:
    """Return the last mail queued for the sign-up: the only one whose link and code work."""
    return OutboundMessage.objects.filter(sign_up=sign_up).order_by("-created_at").first()


def is_overtaken(message: OutboundMessage) -> bool:
    """Say whether a newer mail with a link or code for the same purpose makes this one void."""
    notice = CATALOGUE[message.template]
    if notice.stands or not (notice.link or notice.has_code):
        return False
    if message.sign_up_id:
        rivals = OutboundMessage.objects.filter(sign_up=message.sign_up_id)
    elif message.sign_in_id:
        rivals = OutboundMessage.objects.filter(sign_in=message.sign_in_id)
    else:
        rivals = OutboundMessage.objects.filter(
            account=message.account_id, template=message.template
        )
    if notice.each_mailbox:
        rivals = rivals.filter(address_key=message.address_key)
    return rivals.filter(created_at__gt=message.created_at).exists()


def lock_open_notice(account: Account, key: str) -> OutboundMessage | None:
    """Return the notice to this mailbox that still takes further news, its row held.

    One that was tried already may be on its way: news put into it would reach nobody.
    """
    return (
        OutboundMessage.objects.select_for_update(of=("self",), no_key=True)
        .filter(
            account=account,
            address_key=key,
            template=OutboundMessage.Template.SECURITY_NOTICE,
            state=OutboundMessage.State.QUEUED,
            attempts=0,
            send_after__gt=timezone.now(),
        )
        .order_by("pk")
        .first()
    )


def code_matches(message: OutboundMessage, code: str) -> bool:
    """Say whether this is the code that was sent in the mail, to an address that is obeyed."""
    right = keyed_hash.matches("mailed_code", _code_of(message, code), message.code_hash)
    return right and is_obeyed(message)


def code_digest(message: OutboundMessage, code: str) -> str:
    """Return what is stored of a mail's code."""
    return keyed_hash.digest("mailed_code", _code_of(message, code))


def _code_of(message: OutboundMessage, code: str) -> str:
    # A million codes repeat soon: bound to its mail, equal codes have unequal hashes.
    return f"{message.pk}:{code}"


def _hold_owner(link_hashes: list[str]) -> None:
    mails = OutboundMessage.objects.filter(link_hash__in=link_hashes)
    owner = mails.values_list("account", flat=True).first()
    if owner is not None:
        Account.objects.select_for_update(no_key=True).get(pk=owner)


def _found(
    purpose: str,
    token: str,
    browser: BrowserId | None,
    messages: QuerySet[OutboundMessage],
) -> FoundLink:
    message = (
        messages.select_related("account", "sign_up__flow", "recovery", "email_change")
        .filter(link_hash__in=keyed_hash.candidates(purpose, token))
        .first()
    )
    if message is None:
        return FoundLink(LinkState.UNKNOWN)
    ends_at = _end(message, browser)
    state = rules.link_state(
        used=message.used_at is not None,
        overtaken=is_overtaken(message),
        # A link to an unsafe address is like one that is too old: its reader learns no more.
        expired=ends_at is None or ends_at <= timezone.now() or not is_obeyed(message),
    )
    return FoundLink(state, message, ends_at)


def _end(message: OutboundMessage, browser: BrowserId | None) -> datetime | None:
    expires, kept = message.secret_expires_at, message.kept_open_until
    if browser is None or expires is None or kept is None:
        return expires
    # Elsewhere an old mail is as old as it is, whoever finds it.
    return max(expires, kept) if browser.owns(message.kept_open_by_hash) else expires
