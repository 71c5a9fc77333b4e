"""Sign-ups finished many times at once, over HTTP."""

import secrets

import httpx
import pytest

from tests.accounts.served_browser import ServedBrowser, at_once, browsers
from tests.factories import PASSWORD
from tests.serving.outbox import code_in
from tests.serving.provider import Served


@pytest.fixture
def address() -> str:
    return f"{secrets.token_hex(8)}@example.org"


def confirmed(browser: ServedBrowser, served: Served, address: str) -> httpx.Response:
    """Go as far as the last page and return it."""
    waiting = browser.fill_in(browser.get("/sign-up"), email=address)
    code = code_in(served.outbox.wait_for_mail(address))
    return browser.fill_in(waiting, code=code)


def signed_in(responses: list[httpx.Response]) -> list[httpx.Response]:
    return [response for response in responses if "session" in response.cookies]


def accounts(served: Served, address: str) -> int:
    listed = served.manage("account", "list")
    return sum(address in str(account) for account in listed)


def test_one_sign_up_sent_many_times_makes_one_account(served: Served, address: str) -> None:
    with ServedBrowser(served) as browser:
        page = confirmed(browser, served, address)
        responses = browser.fill_in_at_once(page, 10, full_name="Ann Example", password=PASSWORD)
    assert len(signed_in(responses)) == 1
    assert {response.status_code for response in responses} == {303, 400}
    assert accounts(served, address) == 1


def test_of_two_sign_ups_of_one_address_at_once_one_must_choose_a_name(
    served: Served, address: str
) -> None:
    with browsers(served, 2) as (first, second):
        pages = [(first, confirmed(first, served, address))]
        pages.append((second, confirmed(second, served, address)))
        responses = at_once(
            *(
                lambda browser=browser, page=page: browser.fill_in(
                    page, full_name="Ann Example", password=PASSWORD
                )
                for browser, page in pages
            )
        )
    asked = [response for response in responses if "Choose a sign-in name" in response.text]
    assert len(asked) == 1
    assert accounts(served, address) == 1


def test_tries_at_once_do_not_stretch_the_five_that_a_code_has(
    served: Served, address: str
) -> None:
    with ServedBrowser(served) as browser:
        waiting = browser.fill_in(browser.get("/sign-up"), email=address)
        code = code_in(served.outbox.wait_for_mail(address))
        wrong = "000000" if code != "000000" else "000001"
        responses = browser.fill_in_at_once(waiting, 20, code=wrong)
        counted = [page for page in responses if "not the code" in page.text]
        assert len(counted) == 4
        assert "too many wrong codes" in browser.fill_in(waiting, code=code).text
