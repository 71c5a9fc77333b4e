"""Writes help sessions: begun, ended, and how surely the caller is known."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.models import Account, Session
from accounts.security.tokens import readable_code
from idp.console.helping.finding import Found
from idp.console.helping.queries import role_of, why_not_look
from idp.console.helping.rules import LASTS, Refusal, Tier, is_surer
from idp.models import HelpSession

_KIND: Final = "help_session"


@dataclass(frozen=True)
class Asked:
    """Why somebody of the staff looks, where, with whom else, and under which case if any."""

    reason: HelpSession.Reason
    channel: HelpSession.Channel
    others: Collection[HelpSession.Other] = ()
    case_reference: str = ""


@dataclass(frozen=True)
class NotOpenedError(Exception):
    """The account may not be looked at; that it was tried is recorded."""

    refusal: Refusal


def begin(*, signed_in: Session, asked: Asked, found: Found) -> HelpSession:
    """Begin to help; whatever help session this sign-in had before ends.

    Raises:
        NotOpenedError: it is their own account, or a colleague's.
    """
    account = found.account
    refusal = None if account is None else why_not_look(account, by=signed_in.account)
    if refusal is not None:
        _note_refused(signed_in=signed_in, asked=asked, found=found, refusal=refusal)
        raise NotOpenedError(refusal)
    return _begun(signed_in=signed_in, asked=asked, found=found)


@transaction.atomic
def end(*, help_session: HelpSession) -> None:
    """End a help session, as its staff member wishes; once is enough."""
    rows = HelpSession.objects.filter(pk=help_session.pk, ended_at=None)
    if rows.update(ended_at=timezone.now()):
        _record(Event.HELP_ENDED, help_session)


@transaction.atomic
def reach(
    *, help_session: HelpSession, tier: Tier, known_by: HelpSession.Known, evidence: str = ""
) -> HelpSession:
    """Note how surely the caller is known now; never less surely than before.

    Of two ways to the same tier the stronger stays: papers at a counter before a code.

    `evidence`: which kind of papers was seen at a counter.

    Raises:
        ValueError: nobody knows whose account it is.
    """
    held = HelpSession.objects.select_for_update(of=("self",), no_key=True).get(pk=help_session.pk)
    if held.account_id is None:
        message = "nobody is known of whom no account is"
        raise ValueError(message)
    if is_surer((tier, known_by), (Tier(held.tier), held.known_by)):
        held.tier, held.known_by, held.known_at = tier, known_by, timezone.now()
        held.save(update_fields=["tier", "known_by", "known_at"])
        more = {"evidence": evidence} if evidence else {}
        _record(Event.HELP_TIER_REACHED, held, reason=known_by, **more)
    return held


def move(*, to: Session, sessions: Collection[UUID]) -> None:
    """Let the same person go on after signing in once more in this browser, as some acts want."""
    HelpSession.objects.filter(signed_in__in=sessions, ended_at=None).update(signed_in=to)


def find_account(*, help_session: HelpSession, account: Account) -> HelpSession:
    """Note whose account it is that the help session is about, once that has become known.

    Call it outside a transaction: that it was refused stays recorded.

    Raises:
        NotOpenedError: it is their own account, or a colleague's.
    """
    refusal = why_not_look(account, by=help_session.staff)
    if refusal is not None:
        refuse_account(help_session=help_session, account=account, refusal=refusal)
        raise NotOpenedError(refusal)
    return _with_account(help_session, account)


@transaction.atomic
def refuse_account(*, help_session: HelpSession, account: Account, refusal: Refusal) -> None:
    """Record that somebody tried to go on with an account that they may not open."""
    touched = replace(about(help_session, refusal), account_id=account.pk)
    record(Event.HELP_REFUSED, by=staff(help_session.staff), about=touched)


@transaction.atomic
def refuse(*, help_session: HelpSession, refusal: Refusal, needed: Tier) -> None:
    """Record that somebody tried a page of a higher tier than the caller was known by."""
    _record(Event.HELP_REFUSED, help_session, reason=refusal, needed=int(needed))


@transaction.atomic
def close(*, help_session: HelpSession, refusal: Refusal, needed: Tier) -> None:
    """End a help session about an account that may be looked at no more, and record why."""
    refuse(help_session=help_session, refusal=refusal, needed=needed)
    end(help_session=help_session)


def about(help_session: HelpSession, reason: str = "", /, **detail: str | int | bool) -> About:
    """Return what an event in a help session touches: account, case, and how surely known."""
    code = help_session.help_code
    return About(
        reason=reason,
        help_code=code.code if code else "",
        account_id=help_session.account_id,
        object_kind=_KIND,
        object_id=str(help_session.pk),
        detail={"role": help_session.role, "tier": help_session.tier, **detail},
        case_reference=help_session.case_reference,
    )


@transaction.atomic
def _begun(*, signed_in: Session, asked: Asked, found: Found) -> HelpSession:
    # Locked, so that of two tabs only one begins at a time.
    Session.objects.select_for_update(of=("self",), no_key=True).get(pk=signed_in.pk)
    for before in HelpSession.objects.filter(signed_in=signed_in, ended_at=None):
        end(help_session=before)
    now, others = timezone.now(), sorted(set(asked.others))
    row = HelpSession.objects.create(
        staff=signed_in.account,
        signed_in=signed_in,
        role=role_of(signed_in.account),
        reason=asked.reason,
        channel=asked.channel,
        given=found.given,
        case_reference=asked.case_reference or f"BL-{readable_code()}",
        help_code=found.help_code,
        address_key=found.address_key,
        account=found.account,
        others=others,
        had_others=others,
        started_at=now,
        expires_at=now + LASTS,
    )
    _record(Event.HELP_STARTED, row, reason=asked.reason)
    return row


@transaction.atomic
def _note_refused(*, signed_in: Session, asked: Asked, found: Found, refusal: Refusal) -> None:
    account_id = found.account.pk if found.account else None
    about = About(
        account_id=account_id,
        reason=refusal,
        case_reference=asked.case_reference,
        object_kind=_KIND,
    )
    record(Event.HELP_REFUSED, by=staff(signed_in.account), about=about)


@transaction.atomic
def _with_account(help_session: HelpSession, account: Account) -> HelpSession:
    held = HelpSession.objects.select_for_update(of=("self",), no_key=True).get(pk=help_session.pk)
    if held.account_id is None:
        held.account = account
        held.save(update_fields=["account"])
        _record(Event.HELP_STARTED, held, reason=held.reason)
    return held


def _record(
    event: Event, row: HelpSession, *, reason: str = "", **detail: str | int | bool
) -> None:
    record(event, by=staff(row.staff), about=about(row, reason, **detail))
