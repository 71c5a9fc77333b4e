"""Turns the switch that lets residents create accounts."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.audit.actor import staff
from accounts.audit.events import Event
from accounts.audit.operations import About, record
from accounts.council.memory import memory
from accounts.council.queries import last_turn, opens
from accounts.models import Account, Opening
from idp.console.council.opening import queries, rules
from idp.console.council.opening.rules import Missing


class NotReadyError(Exception):
    """Something is missing."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


@transaction.atomic
def open_up(*, by: Account) -> bool:
    """Let residents create accounts, and return whether they could not before.

    Raises:
        NotReadyError: something is missing, whatever page or program asks.
    """
    if opens(last_turn()):
        return False
    if missing := rules.missing(queries.facts()):
        raise NotReadyError(missing)
    _turn(Event.SIGN_UP_OPENED, Opening(is_open=True), by)
    return True


@transaction.atomic
def close(*, by: Account) -> bool:
    """Let nobody begin a new account, and return whether anybody could before."""
    if not opens(last_turn()):
        return False
    _turn(Event.SIGN_UP_CLOSED, Opening(is_open=False), by)
    return True


@transaction.atomic
def announce(*, day: date, by: Account) -> bool:
    """Say on which day it opens, while it is closed; return whether it is."""
    if opens(last_turn()):
        return False
    _turn(Event.SIGN_UP_DAY_ANNOUNCED, Opening(is_open=False, opens_on=day), by)
    return True


def _turn(event: Event, turn: Opening, by: Account) -> None:
    turn.turned_at, turn.turned_by = timezone.now(), by
    turn.save(force_insert=True)
    record(event, by=staff(by), about=About(object_kind="opening", object_id=str(turn.pk)))
    transaction.on_commit(memory.forget)
