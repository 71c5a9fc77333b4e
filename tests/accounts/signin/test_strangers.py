"""A stranger cannot tell from body, status, mails or work whether an address has an account."""

import re

import pytest

from accounts.models import AuditEvent, HelpCode, OutboundMessage
from tests.accounts.visitor import Response, Visitor, counted_hashes, statements
from tests.factories import people

pytestmark = pytest.mark.django_db

WRONG = "wrong horse battery"
NOT_RIGHT = "The email address or password is not right"


@pytest.fixture(autouse=True)
def _accounts() -> None:
    people.account("known@example.org", password=people.PASSWORD)
    people.account("stopped@example.org", password=people.PASSWORD, status="suspended")
    people.account("closed@example.org", password=people.PASSWORD, status="closed")
    people.account("without@example.org", password=None)


def _same_for_all(response: Response) -> str:
    """Return the page without what differs from page to page anyway."""
    text: str = response.content.decode()
    for varying in (
        r'value="[^"]*"',
        r'borough-help__code">[^<]*<',
        r"[A-Za-z0-9_-]{43}",
    ):
        text = re.sub(varying, "", text)
    return text


def _try(name: str, password: str) -> tuple[str, int, int, list[str]]:
    visitor = Visitor()
    flow = visitor.begin()
    with counted_hashes() as hashes, statements() as sql:
        response = visitor.submit(name, password, flow=flow)
    return _same_for_all(response), response.status_code, hashes.call_count, sql


@pytest.mark.parametrize(
    "name, password",
    [
        ("unknown@example.org", WRONG),
        ("unknown@example.org", people.PASSWORD),
        ("not an address at all", WRONG),
        ("stopped@example.org", WRONG),
        ("closed@example.org", WRONG),
        ("without@example.org", WRONG),
        ("without@example.org", "!"),
        ("known@example.org", "x" * 5000),
        ("unknown@example.org", "x" * 5000),
        ("known@example.org", people.PASSWORD + "x" * 5000),
    ],
)
def test_every_wrong_try_is_like_a_wrong_password(name: str, password: str) -> None:
    expected = _try("known@example.org", WRONG)
    assert NOT_RIGHT in expected[0]
    assert expected[1:3] == (200, 1)
    assert _try(name, password) == expected
    assert not OutboundMessage.objects.exists()


def test_knowing_the_password_of_a_stopped_account_costs_what_a_wrong_one_costs() -> None:
    _, _, wrong_hashes, wrong_sql = _try("known@example.org", WRONG)
    _, status, hashes, sql = _try("stopped@example.org", people.PASSWORD)
    assert (status, hashes, sql) == (403, wrong_hashes, wrong_sql)


def test_knowing_that_of_a_closed_one_costs_a_look_at_whether_it_may_be_had_back() -> None:
    _, _, wrong_hashes, wrong_sql = _try("known@example.org", WRONG)
    _, status, hashes, sql = _try("closed@example.org", people.PASSWORD)
    sql.remove("SELECT accounts_accountclosing")
    assert (status, hashes, sql) == (403, wrong_hashes, wrong_sql)


def test_whoever_knows_the_password_of_a_suspended_account_is_told_and_given_the_phone() -> None:
    page = Visitor().submit("stopped@example.org").content.decode()
    assert "Your account is suspended" in page
    assert "020 7946 0000" in page
    assert "help code" in page


def test_whoever_knows_the_password_of_a_closed_account_is_told_so() -> None:
    assert "Your account is closed" in Visitor().submit("closed@example.org").content.decode()


def test_refusals_are_recorded_without_what_was_typed() -> None:
    for name in ("known@example.org", "unknown@example.org"):
        Visitor().submit(name, WRONG)
    known, unknown = AuditEvent.objects.filter(event="account:sign_in:refused").order_by("pk")
    assert known.reason == unknown.reason == "sign_in_not_right"
    assert known.account_id is not None
    assert unknown.account_id is None
    assert "example.org" not in str(vars(known)) + str(vars(unknown))


def test_staff_see_the_same_steps_for_a_known_and_an_unknown_name() -> None:
    trails = []
    for name in ("known@example.org", "unknown@example.org"):
        Visitor().submit(name, WRONG)
        code = HelpCode.objects.latest("pk")
        trails.append([(step["page"], step["reason"]) for step in code.steps])
    assert trails[0] == trails[1]
    assert trails[0][-1] == ("signin:sign_in", "sign_in_not_right")
