"""Two tabs of one browser at different steps do not mix."""

import pytest

from accounts.models import PendingSignIn, Session
from tests.accounts import post
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _accounts() -> None:
    for name in ("ann", "bob"):
        people.account(f"{name}@example.org", password=people.PASSWORD)


def test_each_tab_leads_to_where_it_began() -> None:
    browser = Visitor()
    first, second = browser.begin("/help/contact"), browser.begin("/help/privacy")
    assert browser.submit("ann@example.org", flow=second)["Location"] == "/help/privacy"
    assert browser.submit("ann@example.org", flow=first)["Location"] == "/help/contact"
    assert Session.objects.filter(ended_at=None).count() == 1


def test_a_code_of_one_tab_proves_nothing_in_the_other() -> None:
    browser = Visitor()
    first, second = browser.begin(), browser.begin()
    values = {"flow": first, "sign_in_name": "ann@example.org"}
    browser.client.post("/sign-in/send-code", values)
    code = post.newest().code
    browser.client.post("/sign-in/mailed-code", {"flow": second, "code": code})
    browser.client.post("/sign-in/mailed-code", {"flow": first, "code": code})
    proved = dict(PendingSignIn.objects.values_list("pk", "mailbox_proved_key"))
    assert proved == {first: "ann@example.org", second: ""}


def test_a_tab_that_is_done_signs_nobody_in_again() -> None:
    browser = Visitor()
    flow = browser.begin()
    browser.submit("ann@example.org", flow=flow)
    cookie = browser.cookie
    assert browser.submit("bob@example.org", flow=flow).status_code == 400
    assert browser.cookie == cookie
