"""Checking the code of a second step, so often and no more."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.db import transaction

from accounts.assurance import PASSING, Method
from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.limits import operations as limits
from accounts.limits.operations import Verdict
from accounts.mfa.apps import operations as apps
from accounts.mfa.code_sheets import operations as code_sheets
from accounts.mfa.recovery_codes import operations as recovery_codes
from accounts.mfa.text_messages import operations as text_messages
from accounts.models import Account, Authenticator
from accounts.passwords.operations import vouched
from accounts.signin.second_step import tries
from accounts.signin.second_step.tries import Place


class Refusal(StrEnum):
    """Why a second step was not taken."""

    NOT_RIGHT = "second_step_not_right"
    TOO_MANY_TRIES = "second_step_too_many_tries"


@dataclass(frozen=True)
class Outcome:
    """The way to sign in that was proved, or why none was and for how long none can be."""

    way: Authenticator | None = None
    refusal: Refusal | None = None
    verdict: Verdict = limits.ALLOWED


_CHECKS: Final[dict[Method, Callable[[Account, str], Authenticator | None]]] = {
    Method.APP: apps.check,
    Method.CODE_SHEET: code_sheets.check,
    Method.RECOVERY_CODE: recovery_codes.check,
}


def check_code(*, account: Account, method: Method, code: str, place: Place, by: Actor) -> Outcome:
    """Return which way to sign in the code proves; call it outside a transaction.

    Guesses made side by side count as those made one after the other. The other ways have counts
    of their own.
    """
    counts = tries.counts(account, method, place)
    verdict = tries.count(counts)
    if not verdict.allowed:
        return Outcome(refusal=Refusal.TOO_MANY_TRIES, verdict=verdict)
    way = _check(account, method, code, place)
    if way is None:
        about = About(account_id=account.pk, object_kind=method.value, reason=Refusal.NOT_RIGHT)
        with transaction.atomic():
            record(Event.SECOND_STEP_REFUSED, by=by, about=about)
        return Outcome(refusal=Refusal.NOT_RIGHT)
    tries.forget(counts)
    if method not in PASSING:
        vouched(account, changed_at=place.flow.password_changed_at)
    return Outcome(way=way)


def _check(account: Account, method: Method, code: str, place: Place) -> Authenticator | None:
    if method is Method.TEXT_MESSAGE:
        return text_messages.check(account, code, browser=place.flow.browser_hash)
    return _CHECKS[method](account, code)
