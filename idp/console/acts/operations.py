"""Does what staff do to an account, with a record of which of them did it and for whom."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from accounts.audit.actor import Actor, staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.freezing.operations import freeze_by_operator
from accounts.freezing.rules import Freezing
from accounts.models import Account
from accounts.profile.emails.changes.operations import cancel_of_account
from accounts.recovery import queries as recoveries
from accounts.recovery.codes.operations import give_at_counter, give_while_waiting
from accounts.recovery.waiting import operations as waiting
from accounts.suspension.operations import AccountClosedError, end_everything, suspend
from idp.console.acts.rules import Refusal
from idp.console.acts.table import ACTS, Act
from idp.console.helping import finding
from idp.console.helping.operations import about
from idp.console.helping.rules import Whose
from idp.console.requests.operations import NotDecidedError, ask
from idp.console.requests.queries import agreed_wait
from idp.console.requests.rules import Evidence
from idp.console.requests.rules import Refusal as RequestRefusal
from idp.models import HelpSession, StaffRequest

_NOT_FROZEN: Final = {
    Freezing.CLOSED: Refusal.CLOSED,
    Freezing.ALREADY: Refusal.FROZEN_ALREADY,
}


@dataclass(frozen=True)
class NotDoneError(Exception):
    """Nothing was changed; that it was tried is recorded."""

    refusal: Refusal | RequestRefusal


@dataclass(frozen=True)
class Why:
    """The reason of a list, the evidence that staff had, and an address: where an act asks."""

    ground: str = ""
    evidence: Collection[Evidence] = ()
    new_address: str = ""


@dataclass(frozen=True)
class Given:
    """What staff give to the person: a code to get back in; `opens_at`: of a wait that began."""

    code: str
    opens_at: datetime | None = None


_NO_WHY: Final = Why()


def do(
    *, act: Act, help_session: HelpSession, account: Account, why: Why = _NO_WHY
) -> Given | None:
    """Do it to the account that the help session is about, and return what staff give, if any.

    What needs a second person is asked for, and done once somebody has agreed.

    Raises:
        NotDoneError: it is their own account, or as it stands there is nothing to do.
    """
    try:
        return _do(act, help_session, account, why)
    except NotDoneError as error:
        _record(Event.STAFF_ACT_REFUSED, act, help_session, reason=error.refusal)
        raise


@transaction.atomic
def _do(act: Act, help_session: HelpSession, account: Account, why: Why) -> Given | None:
    # Asked again: it may have been flagged as theirs since they began to help.
    if finding.whose(account, staff=help_session.staff) is Whose.THEIR_OWN:
        raise NotDoneError(Refusal.OWN_RECORD)
    if ACTS[act].needs_two:
        _ask(act, help_session, account, why)
        return None
    given = _HOW[act](account, help_session, staff(help_session.staff))
    _record(Event.STAFF_ACT_DONE, act, help_session, reason=why.ground)
    return given


def _end_sessions(account: Account, _help_session: HelpSession, by: Actor) -> None:
    end_everything(account=account, by=by)


def _freeze(account: Account, _help_session: HelpSession, by: Actor) -> None:
    refusal = _NOT_FROZEN.get(freeze_by_operator(account=account, by=by))
    if refusal is not None:
        raise NotDoneError(refusal)


def _give_code(account: Account, help_session: HelpSession, by: Actor) -> Given:
    agreed = agreed_wait(account)
    code = give_while_waiting(request=agreed, by=by) if agreed is not None else None
    if agreed is not None and code is not None:
        return Given(_grouped(code), opens_at=agreed.opens_at)
    # Whoever has the account's own code is signed in by two steps, and has lost nothing.
    if help_session.known_by != HelpSession.Known.COUNTER:
        raise NotDoneError(Refusal.NOT_AT_COUNTER if agreed is None else Refusal.STOPPED)
    if account.status == Account.Status.CLOSED:
        raise NotDoneError(Refusal.CLOSED)
    return Given(_grouped(give_at_counter(account=account, by=by)))


def _grouped(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


def _resume(account: Account, help_session: HelpSession, by: Actor) -> None:
    # Whoever stopped it may be the owner: a code from the account's page is no answer to that.
    if help_session.known_by != HelpSession.Known.COUNTER:
        raise NotDoneError(Refusal.PAPERS_NEEDED)
    found = recoveries.latest_of(account)
    if found is None:
        raise NotDoneError(Refusal.NO_RECOVERY)
    if waiting.resume(request=found, by=by) is not None:
        raise NotDoneError(Refusal.NOT_STOPPED)


def _cancel(account: Account, _help_session: HelpSession, by: Actor) -> None:
    found = recoveries.latest_of(account)
    if found is None or waiting.cancel(request=found, by=by) is not None:
        raise NotDoneError(Refusal.NO_RECOVERY)


def _cancel_email_change(account: Account, _help_session: HelpSession, by: Actor) -> None:
    if not cancel_of_account(account=account, by=by):
        raise NotDoneError(Refusal.NO_EMAIL_CHANGE)


def _suspend(account: Account, _help_session: HelpSession, by: Actor) -> None:
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if locked.status == Account.Status.SUSPENDED:
        raise NotDoneError(Refusal.SUSPENDED_ALREADY)
    try:
        suspend(account=locked, by=by)
    except AccountClosedError as error:
        raise NotDoneError(Refusal.CLOSED) from error


def _ask(act: Act, help_session: HelpSession, account: Account, why: Why) -> None:
    try:
        ask(
            act=StaffRequest.Act(act),
            help_session=help_session,
            account=account,
            evidence=why.evidence,
            new_address=why.new_address,
        )
    except NotDecidedError as error:
        raise NotDoneError(error.refusal) from error


_HOW: Final[Mapping[Act, Callable[[Account, HelpSession, Actor], Given | None]]] = {
    Act.END_SESSIONS: _end_sessions,
    Act.FREEZE: _freeze,
    Act.GIVE_CODE: _give_code,
    Act.RESUME_RECOVERY: _resume,
    Act.CANCEL_RECOVERY: _cancel,
    Act.CANCEL_EMAIL_CHANGE: _cancel_email_change,
    Act.SUSPEND: _suspend,
}


@transaction.atomic
def _record(event: Event, act: Act, help_session: HelpSession, *, reason: str = "") -> None:
    touched = vars(about(help_session, act=act))
    record(event, by=staff(help_session.staff), about=About(**{**touched, "reason": reason}))
