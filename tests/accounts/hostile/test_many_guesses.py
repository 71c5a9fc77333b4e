"""Guesses of one code from many sessions at once are no more than the tries it has."""

import pytest

from accounts.limits.table import SIGN_IN_CODE
from accounts.models import PendingSignIn
from tests.accounts import post
from tests.accounts.signup.browser import wide
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db


def _wrong(code: str, number: int) -> str:
    return f"{(int(code) + 1 + number) % 10**6:06d}"


def test_a_mailed_code_has_its_tries_however_many_tabs_and_networks_share_them() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    victim = Visitor()
    flow = victim.begin()
    victim.client.post("/sign-in/send-code", {"flow": flow, "sign_in_name": "ann@example.org"})
    code = post.newest().code
    counted = 0
    for number in range(20):
        victim.client.defaults["REMOTE_ADDR"] = f"198.51.100.{number}"
        values = {"flow": flow, "code": _wrong(code, number)}
        page = victim.client.post("/sign-in/mailed-code", values).content.decode()
        counted += "not the code" in page
    assert counted == SIGN_IN_CODE.amount
    victim.client.post("/sign-in/mailed-code", {"flow": flow, "code": code})
    assert PendingSignIn.objects.get(pk=flow).mailbox_proved_key == ""


def test_other_browsers_cannot_use_up_the_owners_tries() -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    owner = Visitor()
    flow = owner.begin()
    owner.client.post("/sign-in/send-code", {"flow": flow, "sign_in_name": "ann@example.org"})
    code = post.newest().code
    for number in range(20):
        stranger = Visitor(network=f"198.51.100.{number}")
        stranger.begin()
        values = {"flow": flow, "code": _wrong(code, number)}
        assert stranger.client.post("/sign-in/mailed-code", values).status_code == 400
    assert owner.client.post("/sign-in/mailed-code", {"flow": flow, "code": code})["Location"]


@pytest.mark.parametrize(
    "code", [wide("123456"), "+12345", "-12345", "1234567", "12 34 5", "1e5", ""]
)
def test_full_width_digits_and_signs_are_no_code(code: str) -> None:
    visitor = Visitor()
    flow = visitor.begin()
    visitor.client.post("/sign-in/send-code", {"flow": flow, "sign_in_name": "ann@example.org"})
    answer = visitor.client.post("/sign-in/mailed-code", {"flow": flow, "code": code})
    assert "There is a problem" in answer.content.decode()
