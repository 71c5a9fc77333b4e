"""A step of getting back in, changing an address or freezing, taken twice at the same moment.

Over HTTP, or in two threads of a command on the served provider's database: the tests' own rows
live in one transaction, which no other thread sees.
"""

import json
import secrets
from typing import Any

import httpx
import pytest

from tests.accounts.served_browser import ServedBrowser
from tests.factories import PASSWORD
from tests.serving.outbox import code_in, link_in
from tests.serving.provider import Served, run_command

TOGETHER = 6
ROUNDS = 5
_LETTER = """
import json
from accounts.letters.minting import mint_recovery_code
from accounts.recovery.codes.operations import _new
from accounts.recovery.rules import Rung
from tests.factories import people
account = people.account("{address}", password=people.PASSWORD)
print(json.dumps(mint_recovery_code(_new(account, Rung.POST))))
"""
_RECOVERIES = """
import json
from accounts.models import Account, RecoveryRequest
account = Account.objects.get(sign_in_name="{address}")
rows = RecoveryRequest.objects.filter(account=account)
print(json.dumps(list(rows.values_list("rung", "state"))))
"""
AT_ONCE = """
import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from threading import Barrier
from django.db import connection
from django.utils import timezone
from accounts.audit.actor import OPERATOR
from accounts.freezing.operations import freeze_by_mail, unfreeze_by_operator
from accounts.models import AuditEvent, Freeze, OutboundMessage, RecoveryRequest
from accounts.recovery.waiting.due import run
from tests.factories import people

def at_once(*acts):
    together = Barrier(len(acts))
    def act(number):
        with closing(connection):
            together.wait()
            return acts[number]()
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, range(len(acts))))

found = []
for number in range({rounds}):
    account = people.account(f"{address}{{number}}@example.org", password=people.PASSWORD)
    key = account.sign_in_key
"""
_OPEN = (
    AT_ONCE
    + """
    now = timezone.now()
    row = RecoveryRequest.objects.create(
        account=account, rung="known_password", state="waiting", mailbox_key=key,
        started_at=now - timedelta(hours=72), opens_at=now - timedelta(seconds=1),
        closes_at=now + timedelta(days=7), told_middle_at=now - timedelta(hours=36),
    )
    at_once(lambda: run(now=now), lambda: run(now=now))
    found.append(OutboundMessage.objects.filter(recovery=row, template="recovery_open").count())
print(json.dumps(found))
"""
)
_FREEZE = (
    AT_ONCE
    + """
    freeze_by_mail(account=account, mailbox_key=key, by=OPERATOR)
    ended, again = at_once(
        lambda: unfreeze_by_operator(account=account, by=OPERATOR),
        lambda: freeze_by_mail(account=account, mailbox_key=key, by=OPERATOR),
    )
    account.refresh_from_db()
    freezes = list(Freeze.objects.filter(account=account).values_list("ended_how", flat=True))
    found.append([ended, again, account.status, freezes])
print(json.dumps(found))
"""
)


@pytest.fixture
def address() -> str:
    return f"{secrets.token_hex(8)}@example.org"


def told(served: Served, script: str, **values: object) -> Any:  # noqa: ANN401 - what it prints
    values = {"rounds": ROUNDS, **values}
    return json.loads(
        run_command(served.environment, "shell", "--no-imports", "-c", script.format(**values))
    )


def mails(served: Served, address: str, subject: str) -> int:
    """Return how many mails with these words have come, and wait for none."""
    count = 0
    while mail := served.outbox.take(address):
        count += subject in str(mail["Subject"])
    return count


def test_a_letters_code_typed_many_times_at_once_begins_one_wait(
    served: Served, address: str
) -> None:
    code = told(served, _LETTER, address=address)
    with ServedBrowser(served) as browser:
        browser.fill_in(browser.get("/get-back-in"), sign_in_name=address)
        ways = link_in(served.outbox.wait_for_mail(address))
        page = browser.get(ways.replace("/ways/", "/code/"))
        answers = browser.fill_in_at_once(page, TOGETHER, code=code)
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert httpx.codes.FOUND in {answer.status_code for answer in answers}
    served.outbox.wait_for_mail(address)
    assert mails(served, address, "asked to get back") == 0
    assert told(served, _RECOVERIES, address=address) == [["post", "waiting"]]


def test_two_workers_that_open_a_recovery_at_once_tell_its_owner_once(
    served: Served, address: str
) -> None:
    assert told(served, _OPEN, address=address.partition("@")[0]) == [1] * ROUNDS


def test_an_address_confirmed_many_times_at_once_is_added_once(
    served: Served, address: str
) -> None:
    new = f"new-{address}"
    told(served, _LETTER, address=address)
    with ServedBrowser(served) as browser:
        browser.fill_in(browser.get("/sign-in"), sign_in_name=address, password=PASSWORD)
        page = browser.fill_in(browser.get("/account/emails/add"), email=new)
        code = code_in(served.outbox.wait_for_mail(new))
        answers = browser.fill_in_at_once(page, TOGETHER, code=code)
        listed = browser.get("/account/emails").text
    assert max(answer.status_code for answer in answers) < 500
    assert new in listed
    shown = served.manage("account", "show", address)
    assert str(shown).count(new) == 1


def test_a_freeze_by_mail_beside_an_unfreeze_leaves_the_account_open(
    served: Served, address: str
) -> None:
    outcomes = told(served, _FREEZE, address=address.partition("@")[0])
    for ended, again, *rest in outcomes:
        assert ended == "unfrozen"
        assert again in {"frozen_already", "freeze_needs_check"}
        assert rest == ["active", ["by_operator"]]
