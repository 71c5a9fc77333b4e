"""Somebody at the end of a wait who makes a passkey, without Chromium."""

import time_machine

from accounts.audit.actor import OPERATOR
from accounts.models import Account
from accounts.recovery.codes.operations import give_at_counter
from tests.accounts.recovery.climber import Climber, Response, recovery, wait_it_out

ADDRESS = "ann@example.org"
MAKE = "/get-back-in/choose-passkey"


def opened(account: Account, clock: time_machine.Traveller) -> Climber:
    """Wait out what a code from a counter began, and type the code once more."""
    climber, code = Climber(), give_at_counter(account=account, by=OPERATOR)
    climber.type_code(ADDRESS, code)
    wait_it_out(clock, hours=24)
    assert climber.go_on(code, "code").status_code == 303
    return climber


def page(account: Account, path: str = "") -> str:
    return f"{MAKE}{path}?recovery={recovery(account).pk}"


def ask(climber: Climber, account: Account, **typed: str) -> Response:
    return climber.client.post(page(account, "/options"), typed)


def finish(climber: Climber, account: Account, answer: str) -> Response:
    return climber.client.post(page(account), {"passkey": answer})


def refused(climber: Climber, account: Account, answer: str) -> bool:
    """Send the answer, and say whether nothing came of it but the same page with words."""
    response = finish(climber, account, answer)
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    return recovery(account).state == "waiting"
