"""Asking for a code by post, giving one at a counter, and checking one."""

import re

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.audit.actor import Actor
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.letters import operations as letters
from accounts.letters import queries as addresses
from accounts.letters.minting import PURPOSE, mint_recovery_code
from accounts.models import Account, Letter, RecoveryRequest
from accounts.notices.news import News
from accounts.notices.operations import tell
from accounts.recovery import queries, rules
from accounts.recovery.rules import Refusal, Rung, Standing
from accounts.security import keyed_hash
from accounts.security.tokens import READABLE

_State = RecoveryRequest.State
_NO_CODE = frozenset({Standing.OVER, Standing.PAUSED})
_CODE = re.compile(rf"[{READABLE}]{{8}}")


@transaction.atomic
def ask_by_post(*, account: Account, mailbox_key: str, by: Actor) -> Refusal | None:
    """Queue a letter with a code to the account's checked address; an earlier code is void."""
    fresh = queries.locked(account)
    refused = rules.refusal_by_status(Rung.POST, queries.status_of(fresh))
    if refused is None and not may_be_posted(fresh, mailbox_key):
        refused = Refusal.NOT_SHOWN
    if refused is not None:
        record(Event.RECOVERY_REFUSED, by=by, about=_about(fresh, Rung.POST, refused))
        return refused
    request = _new(fresh, Rung.POST)
    letters.queue(kind=Letter.Kind.RECOVERY_CODE, account=fresh, recovery=request, by=by)
    return None


def may_be_posted(account: Account, mailbox_key: str) -> bool:
    """Say whether a code may be posted to whoever reads this mailbox of the account.

    Whoever shares a mailbox often shares a letterbox too, and would hold both keys.
    """
    is_alone = bool(mailbox_key) and not queries.is_shared(mailbox_key)
    return is_alone and addresses.may_write_to(account)


@transaction.atomic
def give_at_counter(*, account: Account, by: Actor) -> str:
    """Return a new code for somebody who has shown the staff that the account is theirs."""
    fresh = queries.locked(account)
    request = _new(fresh, Rung.COUNTER)
    code = mint_recovery_code(request)
    record(Event.RECOVERY_CODE_GIVEN, by=by, about=_about(fresh, Rung.COUNTER))
    # Before anybody types it: its owner may never have been at a counter.
    tell(account=fresh, news=News.RECOVERY_CODE_GIVEN)
    return code


@transaction.atomic
def give_while_waiting(*, request: RecoveryRequest, by: Actor) -> str | None:
    """Return a new code for a wait that the staff began, or None if it is over or stopped.

    The code before is void. Whoever stopped it may be the owner: then staff look who is who first.
    """
    fresh = queries.locked(request.account)
    row = queries.lock_running(fresh)
    if row is None or row.pk != request.pk or queries.standing_of(row) in _NO_CODE:
        return None
    code = mint_recovery_code(row)
    record(Event.RECOVERY_CODE_GIVEN, by=by, about=_about(fresh, Rung(row.rung)))
    tell(account=fresh, news=News.RECOVERY_CODE_GIVEN)
    return code


def take(account: Account, typed: str) -> RecoveryRequest | None:
    """Return the request whose code was typed, and count the try against each that has one.

    Call it outside a transaction: a count that rolls back limits nothing.
    """
    code = as_code(typed)
    open_ones = RecoveryRequest.objects.filter(
        account=account,
        state=_State.PROVING,
        closes_at__gt=timezone.now(),
        code_tries__lt=rules.CODE_TRIES,
    )
    for request in open_ones.order_by("-started_at").exclude(code_hash=""):
        if matches(request, code):
            return request
    return None


def matches(request: RecoveryRequest, code: str) -> bool:
    """Say whether this is the request's code, and count the try; too many end the code."""
    rows = RecoveryRequest.objects.filter(pk=request.pk, code_tries__lt=rules.CODE_TRIES)
    # In one statement: guesses that come together do not share a try.
    if not rows.update(code_tries=F("code_tries") + 1):
        return False
    return keyed_hash.matches(PURPOSE, f"{request.pk}:{code}", request.code_hash)


def as_code(typed: str) -> str:
    """Return the code as it was made, from what somebody typed off a letter; or nothing."""
    code = re.sub(r"[ -]", "", typed).upper()
    return code if _CODE.fullmatch(code) else ""


def _new(account: Account, rung: Rung) -> RecoveryRequest:
    now = timezone.now()
    # Whoever asks again has lost the last one, and somebody else may find it.
    RecoveryRequest.objects.filter(account=account, rung=rung, state=_State.PROVING).update(
        state=_State.CANCELLED, ended_at=now
    )
    lasts = rules.POSTED_CODE_LASTS if rung is Rung.POST else rules.COUNTER_CODE_LASTS
    return RecoveryRequest.objects.create(
        account=account, rung=rung, started_at=now, closes_at=now + lasts
    )


def _about(account: Account, rung: Rung, reason: str = "") -> About:
    return About(account_id=account.pk, object_kind=rung, reason=reason)
