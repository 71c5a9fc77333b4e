"""Writes what was done to know a caller, and what came of it."""

from collections.abc import Collection
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.call_codes import operations as codes
from accounts.models import Account, AuditEvent
from accounts.notices.news import News
from accounts.notices.operations import tell
from idp.console.helping.operations import about, reach
from idp.console.helping.rules import Tier
from idp.console.knowing import queries, rules
from idp.console.knowing.rules import Evidence, Person, Refusal
from idp.models import HelpSession

_Known: Final = HelpSession.Known
_TIERS: Final = {
    _Known.MAILED_CODE: Tier.MAILBOX,
    _Known.ACCOUNT_CODE: Tier.OWNER,
    _Known.COUNTER: Tier.OWNER,
}
# Who reads a mailbox is no news to its reader. Who is taken for the owner is.
_NEWS: Final = {
    _Known.ACCOUNT_CODE: News.CHECKED_BY_CODE,
    _Known.COUNTER: News.CHECKED_AT_COUNTER,
}


class NotThatPersonError(Exception):
    """What was shown at the counter names somebody else; that it was tried is recorded."""


@transaction.atomic
def send_code(*, help_session: HelpSession) -> None:
    """Mail a code to the account, if there is one with an address that mail may go to.

    Nobody who asks learns whether there is: at this tier staff must not know it.
    """
    account = help_session.account
    is_mailed = account is not None and codes.mail(
        account=account, mailbox_key=help_session.address_key, asked_in=help_session.pk
    )
    # The owner reads in their history that a code was sent to them: only if one is.
    if is_mailed:
        _record(Event.CALL_CODE_SENT, help_session)
    else:
        refuse(
            help_session=help_session,
            refusal=Refusal.NO_ACCOUNT if account is None else Refusal.NO_MAILBOX,
        )


def check_mailed(*, help_session: HelpSession, code: str) -> bool:
    """Say whether the caller read out the code that was mailed, and note it.

    Call it outside a transaction: a count that rolls back limits nothing.
    """
    account = help_session.account
    is_right = account is not None and codes.take_mailed(
        account=account, asked_in=help_session.pk, code=code
    )
    return _conclude(help_session, _Known.MAILED_CODE, is_right=is_right)


def check_shown(*, help_session: HelpSession, code: str) -> bool:
    """Say the same of the code that the account's own page shows.

    Call it outside a transaction: a count that rolls back limits nothing.
    """
    account = help_session.account
    is_right = account is not None and codes.take_shown(account=account, code=code)
    return _conclude(help_session, _Known.ACCOUNT_CODE, is_right=is_right)


def check_shown_in_person(*, help_session: HelpSession, person: Person, by: Evidence) -> None:
    """Note that somebody at the counter showed who they are; nothing of the papers is kept.

    Raises:
        NotThatPersonError: no account is known, it is another's, or they are on the phone.
    """
    refusal = _refusal_at_counter(help_session, person, by)
    if refusal is not None:
        refuse(help_session=help_session, refusal=refusal)
        raise NotThatPersonError
    _known(help_session, _Known.COUNTER, evidence=by)


@transaction.atomic
def refuse(*, help_session: HelpSession, refusal: Refusal) -> None:
    """Record that a check did not succeed, and why."""
    _record(Event.CALL_CODE_REFUSED, help_session, reason=refusal)


@transaction.atomic
def set_others(*, help_session: HelpSession, others: Collection[HelpSession.Other]) -> None:
    """Note who else is there now; that they were there stays, and who comes is not rung back."""
    row = HelpSession.objects.select_for_update(of=("self",), no_key=True).get(pk=help_session.pk)
    before, after = set(row.others), set(others)
    if before == after:
        return
    row.others, row.had_others = sorted(after), sorted(before | after | set(row.had_others))
    if after - before:
        row.called_back_at = None
    row.save(update_fields=["others", "had_others", "called_back_at"])
    _record(Event.HELP_OTHERS_CHANGED, row, others=len(after))


@transaction.atomic
def note_number_seen(*, help_session: HelpSession, is_whole: bool) -> None:
    """Record the look at the owner's number: once in a help session, and once more when whole."""
    before = AuditEvent.objects.filter(
        event=Event.HELP_NUMBER_SEEN, object_id=str(help_session.pk), detail__whole=is_whole
    )
    if not before.exists():
        _record(Event.HELP_NUMBER_SEEN, help_session, whole=is_whole)


@transaction.atomic
def note_call_back(*, help_session: HelpSession) -> bool:
    """Note that somebody rang the account's confirmed phone, and its owner answered.

    Return whether there is such a number.
    """
    if queries.phone_of(help_session) is None:
        _record(Event.CALL_CODE_REFUSED, help_session, reason=Refusal.NO_PHONE)
        return False
    HelpSession.objects.filter(pk=help_session.pk).update(called_back_at=timezone.now())
    _record(Event.HELP_CALLED_BACK, help_session)
    return True


def _conclude(help_session: HelpSession, by: HelpSession.Known, *, is_right: bool) -> bool:
    if is_right:
        _known(help_session, by)
    else:
        refuse(help_session=help_session, refusal=Refusal.WRONG_CODE)
    return is_right


@transaction.atomic
def _known(help_session: HelpSession, by: HelpSession.Known, evidence: str = "") -> None:
    held = reach(help_session=help_session, tier=_TIERS[by], known_by=by, evidence=evidence)
    # Its owner hears of it by mail: a stranger may have talked the code out of them.
    if by in _NEWS and held.account is not None:
        tell(account=held.account, news=_NEWS[by])


def _refusal_at_counter(help_session: HelpSession, person: Person, by: Evidence) -> Refusal | None:
    account = help_session.account
    if help_session.channel != HelpSession.Channel.COUNTER:
        return Refusal.NOT_AT_COUNTER
    if account is None:
        return Refusal.NO_ACCOUNT
    return None if rules.is_same(person, _person(account), by=by) else Refusal.OTHER_PERSON


def _person(account: Account) -> Person:
    return Person(account.full_name, account.date_of_birth)


def _record(
    event: Event, row: HelpSession, *, reason: str = "", **detail: str | int | bool
) -> None:
    touched = vars(about(row, **detail))
    record(event, by=staff(row.staff), about=About(**{**touched, "reason": reason}))
