"""Its owner alone finds a code for a call on the account page, and the slow find another."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.call_codes import operations
from accounts.call_codes.rules import written
from accounts.limits.table import CALL_CODES_SHOWN
from accounts.models import Account, AuditEvent, CallCode
from accounts.security.tokens import READABLE
from tests import factories
from tests.accounts.mfa.owner import ANN, Owner, asks_to_sign_in
from tests.accounts.visitor import Response, Visitor
from tests.factories import ways

pytestmark = pytest.mark.django_db

PAGE = "/account/code-for-a-call"


@pytest.fixture
def ann() -> Owner:
    account = factories.account(ANN, password=factories.PASSWORD)
    return Owner(account, app=ways.app(account))


def _code(answer: Response) -> str:
    found = re.search(rf"[{READABLE}]{{4}}-[{READABLE}]{{4}}(?=</p>)", answer.content.decode())
    assert found, answer.content.decode()
    return found[0]


def _take(account: Account, code: str) -> bool:
    return operations.take_shown(account=account, code=code)


def test_its_owner_finds_a_code_and_when_to_read_it_out(ann: Owner) -> None:
    for answer in (ann.get(PAGE), ann.client.post(PAGE)):
        assert "Only read this out if you rang us on" in answer.content.decode()
    assert not CallCode.objects.exclude(tries=0).exists()
    assert _take(ann.account, _code(answer))
    event = AuditEvent.objects.get(event="account:call_code:shown")
    assert event.account_id == ann.account.pk


def test_no_other_code_stands_beside_it(ann: Owner) -> None:
    for answer, codes in ((ann.get("/account"), 1), (ann.client.post(PAGE), 0)):
        page = answer.content.decode()
        assert "Need help?" in page
        assert page.count("borough-help__code") == codes


def test_opening_the_page_makes_none(ann: Owner) -> None:
    ann.get(PAGE)
    assert not CallCode.objects.exists()


def test_whoever_is_slow_has_another(ann: Owner) -> None:
    older = _code(ann.client.post(PAGE))
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        assert not _take(ann.account, older)
        newer = _code(ann.client.post(PAGE))
        assert _take(ann.account, newer)


def test_one_step_is_not_enough() -> None:
    visitor = Visitor()
    visitor.enter(factories.account(password=factories.PASSWORD))
    answer = visitor.client.post(PAGE)
    assert answer.status_code == 403
    assert not CallCode.objects.exists()


def test_a_sign_in_of_a_while_ago_is_not_enough(ann: Owner) -> None:
    ann.grow_stale()
    assert asks_to_sign_in(ann.client.post(PAGE))
    assert not CallCode.objects.exists()


def test_nobody_signed_in_finds_none() -> None:
    assert Visitor().client.post(PAGE)["Location"].startswith("/sign-in")


def test_after_many_codes_the_page_asks_to_wait(ann: Owner) -> None:
    for _try in range(CALL_CODES_SHOWN.amount):
        assert ann.client.post(PAGE).status_code == 200
    assert ann.client.post(PAGE).status_code == 429


@pytest.mark.parametrize("typed", ["CDFGHJKM", "cdfg hjkm", " CDFG-HJKM "])
def test_a_code_is_written_in_many_ways(typed: str) -> None:
    assert written(typed) == "CDFGHJKM"


def test_a_code_is_kept_as_a_hash_alone(ann: Owner) -> None:
    code = written(_code(ann.client.post(PAGE)))
    assert code not in repr(list(CallCode.objects.values_list()))
    assert code not in repr(list(AuditEvent.objects.values_list()))
