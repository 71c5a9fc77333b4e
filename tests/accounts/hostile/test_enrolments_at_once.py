"""Ways to sign in that are added many times at once, over HTTP, are added once."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import pyotp
import pytest

from tests.accounts.served_browser import ServedBrowser, at_once, browsers
from tests.factories import PASSWORD
from tests.serving.provider import Served, run_command

TABS = 4
_MAKE = """
import json, secrets
from itertools import count
from accounts.mfa.apps import rules as apps
from accounts.mfa.code_sheets import rules as sheets
from accounts.mfa.sealed import seal
from tests.factories import people
account = people.account("{address}", password=people.PASSWORD)
app = secrets.token_bytes(apps.SECRET_BYTES)
first = secrets.token_bytes(sheets.SEED_BYTES)
seeds = (number.to_bytes(sheets.SEED_BYTES, "big") for number in count())
twin = next(seed for seed in seeds if sheets.name(seed) == sheets.name(first))
print(json.dumps(dict(
    app=apps.as_text(app),
    sealed_app=seal(b"app", account, app),
    sheets=[seal(b"sheet", account, seed) for seed in (first, twin)],
    codes=[sheets.codes(seed)[sheets.asked_first(seed) - 1] for seed in (first, twin)],
)))
"""
_COUNT = """
import json
from accounts.models import Account, AuditEvent, Authenticator
account = Account.objects.get(sign_in_name="{address}")
added = AuditEvent.objects.filter(account_id=account.pk, event="account:authenticator:added")
rows = Authenticator.objects.filter(account=account)
print(json.dumps(dict(rows=list(rows.values_list("kind", flat=True)), added=added.count())))
"""


@dataclass
class Resident:
    """Somebody with a password, who has a page for a new way open in several browsers."""

    served: Served
    address: str
    prepared: dict[str, Any]

    @contextmanager
    def at(self, path: str) -> Iterator[list[tuple[ServedBrowser, Any]]]:
        """Yield browsers that are signed in, each with the page open."""
        with browsers(self.served, TABS) as opened:
            for browser in opened:
                page = browser.get("/sign-in")
                browser.fill_in(page, sign_in_name=self.address, password=PASSWORD)
            yield [(browser, browser.get(path)) for browser in opened]

    @property
    def ways(self) -> dict[str, Any]:
        """What the account has by now, and how many were recorded."""
        return told(self.served, _COUNT.format(address=self.address))


def told(served: Served, script: str) -> dict[str, Any]:
    printed = run_command(served.environment, "shell", "--no-imports", "-c", script)
    read: dict[str, Any] = json.loads(printed)
    return read


@pytest.fixture
def resident(served: Served) -> Resident:
    address = f"{secrets.token_hex(8)}@example.org"
    return Resident(served, address, told(served, _MAKE.format(address=address)))


def test_one_secret_sent_by_many_browsers_makes_one_app(resident: Resident) -> None:
    app = pyotp.TOTP(resident.prepared["app"])
    with resident.at("/account/ways-to-sign-in/app") as tabs:
        values = {"app": resident.prepared["sealed_app"], "code": app.now()}
        answers = at_once(*(partial(tab.fill_in, page, **values) for tab, page in tabs))
    assert max(answer.status_code for answer in answers) < 500
    assert resident.ways == {"rows": ["app"], "added": 1}


def test_of_two_sheets_of_one_mark_one_is_added(resident: Resident) -> None:
    with resident.at("/account/ways-to-sign-in/code-sheet") as tabs:
        pairs = zip(resident.prepared["sheets"], resident.prepared["codes"], strict=True)
        values = [{"sheet": sheet, "code": code} for sheet, code in pairs] * (TABS // 2)
        address = "/account/ways-to-sign-in/code-sheet/check"
        answers = at_once(
            *(
                partial(tab.send, page, address, **typed)
                for (tab, page), typed in zip(tabs, values, strict=True)
            )
        )
    assert max(answer.status_code for answer in answers) < 500
    assert resident.ways == {"rows": ["code_sheet"], "added": 1}
