"""Reads what happened to an account, and what of it a mailed link is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from accounts.assurance import Method, Proof
from accounts.audit.actor import ActorKind
from accounts.audit.events import Event
from accounts.history.wording import TOLD
from accounts.holding_back.queries import without_held
from accounts.mfa.queries import METHOD_OF, Kind, methods_of, usable
from accounts.mfa.rules import Presence
from accounts.models import (
    Account,
    AuditEvent,
    Authenticator,
    EmailAddress,
    EmailChange,
    OutboundMessage,
    Session,
    StaffMember,
)
from accounts.notices.catalogue import SAFETY_LINK
from accounts.notices.queries import find_link, is_obeyed
from accounts.notices.rules import LinkState

BY_MAIL = "mail"


@dataclass(frozen=True)
class Changed:
    """What is as new as an event, or newer: ways to sign in, and addresses that get one back."""

    ways: list[Authenticator]
    password: bool
    addresses: tuple[EmailAddress, ...] = ()

    @property
    def methods(self) -> frozenset[Method]:
        """The methods that the account would have less."""
        methods = {METHOD_OF[Kind(way.kind)] for way in self.ways}
        return frozenset(methods | ({Method.PASSWORD} if self.password else set()))

    def older_proofs(self, session: Session) -> list[Proof]:
        """Return what the session rests on that is none of them."""
        ids = {way.pk for way in self.ways}
        proofs = [Proof.from_json(kept) for kept in session.proofs]
        return [
            proof
            for proof in proofs
            if proof.authenticator not in ids
            and not (self.password and proof.method is Method.PASSWORD)
        ]


def changed_since(account: Account, since: datetime) -> Changed:
    """Return the account's usable ways to sign in that were added or changed since then."""
    at = account.password_changed_at
    is_new = account.has_password and account.password_suspect_since is None
    return Changed(
        ways=list(usable(account).filter(created_at__gte=since)),
        password=is_new and at is not None and at >= since,
        addresses=tuple(_addresses_since(account, since)),
    )


def _addresses_since(account: Account, since: datetime) -> QuerySet[EmailAddress]:
    """Return the addresses added since then; the main one was changed by its older one's leave."""
    added = EmailChange.objects.filter(account=account, kind=EmailChange.Kind.ADD)
    keys = added.filter(done_at__gte=since).values("address_key")
    rows = EmailAddress.objects.filter(account=account, unsafe_since=None, is_primary=False)
    return rows.filter(address_key__in=keys)


def left_after(account: Account, changed: Changed) -> frozenset[Method]:
    """Return the methods that the account could still prove itself by without these."""
    gone = [way.pk for way in changed.ways]
    kinds = usable(account).exclude(pk__in=gone).values_list("kind", flat=True)
    left = frozenset(METHOD_OF[Kind(kind)] for kind in kinds)
    password = methods_of(account) & {Method.PASSWORD}
    return left if changed.password else left | password


def presence(session: Session, changed: Changed) -> Presence:
    """Return how the session stands to setting these aside: by its older proofs alone.

    Else whoever adds a way could thereby raise what its owner must show to be rid of it.
    """
    return Presence(
        proved=frozenset(proof.method for proof in changed.older_proofs(session)),
        available=left_after(session.account, changed),
        signed_in_at=session.signed_in_at,
        held_until=session.account.changes_held_until,
        set_aside=changed.methods,
    )


def told(account: Account) -> QuerySet[AuditEvent]:
    """Return the events that the account's owner is told of, the newest first."""
    rows = AuditEvent.objects.filter(account_id=account.pk, event__in=TOLD)
    rows = without_held(rows, account)
    # A proof added to a session, or its cookie renewed, ends a row and nobody's stay.
    return rows.exclude(event=Event.SESSION_ENDED, reason="replaced").order_by("-at", "-pk")


def teams_of(events: Iterable[AuditEvent]) -> dict[str, str]:
    """Return where each of the staff works who did one of these, by the event's `actor_id`."""
    ids = {UUID(event.actor_id) for event in events if event.actor_kind == ActorKind.STAFF}
    rows = StaffMember.objects.filter(pk__in=ids).values_list("pk", "team")
    return {str(pk): team for pk, team in rows}


def last_said_by(account: Account, mailbox_key: str) -> datetime | None:
    """Return when a link mailed to this mailbox last set ways aside."""
    rows = AuditEvent.objects.filter(
        account_id=account.pk,
        event=Event.NOT_ME_SAID,
        reason=BY_MAIL,
        object_id=mailbox_id(account, mailbox_key),
        detail__set_aside=True,
    )
    return rows.order_by("-at").values_list("at", flat=True).first()


def mailbox_id(account: Account, mailbox_key: str) -> str:
    """Return what the audit log calls the mailbox: an id; empty for all that are former ones."""
    rows = EmailAddress.objects.filter(account=account, address_key=mailbox_key)
    row_id = rows.values_list("pk", flat=True).first()
    return "" if row_id is None else str(row_id)


def mail_of(token: str) -> OutboundMessage | None:
    """Return the security mail whose link this is, also once used, while it may be obeyed."""
    found = find_link(SAFETY_LINK, token)
    message = found.message
    if message is None or found.state not in {LinkState.GOOD, LinkState.USED}:
        return None
    expires = message.secret_expires_at
    is_open = expires is not None and timezone.now() < expires and is_obeyed(message)
    return message if is_open else None
