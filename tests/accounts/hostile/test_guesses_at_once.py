"""Guesses sent side by side, over HTTP with limits on: as many are looked at as one by one.

What was looked at is counted in the audit log, where it has an event for each.
"""

import json
import secrets
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import httpx
import pytest

from accounts.limits.table import SECOND_STEP, SIGN_IN, SIGN_IN_CODE
from tests.accounts.served_browser import ServedBrowser, browsers
from tests.factories import PASSWORD
from tests.serving.provider import Served, run_command

SESSIONS = 3
FROM_EACH = 8
_MAKE = """
from tests.factories import people, ways
account = people.account("{address}", password=people.PASSWORD)
ways.app(account)
ways.sheet(account)
ways.recovery_codes(account)
"""
_COUNT = """
import json
from accounts.models import Account, AuditEvent
account = Account.objects.get(sign_in_name="{address}")
refused = AuditEvent.objects.filter(account_id=account.pk, event="{event}")
print(json.dumps(list(refused.values_list("object_kind", flat=True))))
"""


@dataclass
class Victim:
    """Somebody whose password, or whose codes with the password known, many guess at once."""

    served: Served
    address: str

    def first_step(self, browser: ServedBrowser) -> httpx.Response:
        """Type the right password, and return the page of the second step."""
        page = browser.get("/sign-in")
        return browser.fill_in(page, sign_in_name=self.address, password=PASSWORD)

    def looked_at(self, event: str) -> Counter[str]:
        """Count the guesses that were looked at and wrong, by what was guessed."""
        asked = _COUNT.format(address=self.address, event=event)
        printed = run_command(self.served.environment, "shell", "--no-imports", "-c", asked)
        return Counter(json.loads(printed))


@pytest.fixture
def victim(served_in_time: Served) -> Victim:
    address = f"{secrets.token_hex(8)}@example.org"
    making = _MAKE.format(address=address)
    run_command(served_in_time.environment, "shell", "--no-imports", "-c", making)
    return Victim(served_in_time, address)


def guess(
    opened: list[ServedBrowser], pages: list[httpx.Response], **guesses: str
) -> list[httpx.Response]:
    """Send the same guess many times from each of the browsers, all at once."""
    with ThreadPoolExecutor(len(opened)) as pool:
        sending = [
            pool.submit(partial(browser.fill_in_at_once, page, FROM_EACH, **guesses))
            for browser, page in zip(opened, pages, strict=True)
        ]
    return [answer for sent in sending for answer in sent.result()]


def codes(answers: list[httpx.Response]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


@pytest.mark.parametrize(
    "way, code, kind",
    [
        ("app", "000000", "app"),
        ("code-sheet", "00000000", "code_sheet"),
        ("recovery-code", "CCCCC-CCCCC", "recovery_code"),
    ],
)
def test_codes_of_a_second_step_from_many_sessions(
    victim: Victim, way: str, code: str, kind: str
) -> None:
    with browsers(victim.served, SESSIONS) as opened:
        flows = [victim.first_step(browser).url.params["flow"] for browser in opened]
        pages = [
            browser.get(f"/sign-in/{way}?flow={flow}")
            for browser, flow in zip(opened, flows, strict=True)
        ]
        answers = guess(opened, pages, code=code)
    refused = SESSIONS * FROM_EACH - SECOND_STEP.amount
    assert codes(answers) == {200: SECOND_STEP.amount, 429: refused}
    assert victim.looked_at("account:second_step:refused") == {kind: SECOND_STEP.amount}


def test_passwords_from_many_sessions(victim: Victim) -> None:
    with browsers(victim.served, SESSIONS) as opened:
        pages = [browser.get("/sign-in") for browser in opened]
        wrong = {"sign_in_name": victim.address, "password": "wrong horse battery"}
        answers = guess(opened, pages, **wrong)
    refused = SESSIONS * FROM_EACH - SIGN_IN.amount
    assert codes(answers) == {200: SIGN_IN.amount, 429: refused}
    assert victim.looked_at("account:sign_in:refused").total() == SIGN_IN.amount


def test_mailed_codes_from_one_sign_in(victim: Victim) -> None:
    with ServedBrowser(victim.served) as browser:
        page = browser.get("/sign-in")
        wrong = {"sign_in_name": victim.address, "password": "wrong horse battery"}
        for _time in range(SIGN_IN.amount):
            browser.fill_in(page, **wrong)
        asking = browser.send(page, "/sign-in/send-code", sign_in_name=victim.address)
        answers = browser.fill_in_at_once(asking, SESSIONS * FROM_EACH, code="000000")
    assert codes(answers) == {200: SESSIONS * FROM_EACH}
    looked_at = [answer for answer in answers if "not the code" in answer.text]
    assert len(looked_at) == SIGN_IN_CODE.amount
    assert sum("too many wrong codes" in answer.text for answer in answers) == (
        SESSIONS * FROM_EACH - SIGN_IN_CODE.amount
    )
