"""One reset link used many times at once, over HTTP."""

import secrets

import httpx
import pytest

from tests.accounts.served_browser import ServedBrowser
from tests.factories import PASSWORD
from tests.serving.outbox import code_in, link_in
from tests.serving.provider import Served


@pytest.fixture
def address(served: Served) -> str:
    """Sign somebody up and return the address."""
    address = f"{secrets.token_hex(8)}@example.org"
    with ServedBrowser(served) as browser:
        waiting = browser.fill_in(browser.get("/sign-up"), email=address)
        code = code_in(served.outbox.wait_for_mail(address))
        details = browser.fill_in(waiting, code=code)
        browser.fill_in(details, full_name="Ann Example", password=PASSWORD)
    served.outbox.wait_for_mail(address)
    return address


def test_a_link_used_many_times_at_once_changes_the_password_once(
    served: Served, address: str
) -> None:
    with ServedBrowser(served) as browser:
        browser.fill_in(browser.get("/reset-password"), sign_in_name=address)
        link = link_in(served.outbox.wait_for_mail(address))
        page = browser.get(link)
        responses = browser.fill_in_at_once(page, 10, password="violet lantern orchard")
    changed = [r for r in responses if r.status_code == httpx.codes.FOUND]
    assert len(changed) == 1
    assert {response.status_code for response in responses} == {302, 404}
    assert served.outbox.wait_for_mail(address)["Subject"] == "Your password was changed"
    assert served.outbox.take(address) is None
