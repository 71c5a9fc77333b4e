"""One code brought by many browsers at once, over HTTP."""

import re
import secrets
import time
from functools import partial

import httpx
import pyotp
import pytest

from tests.accounts.served_browser import ServedBrowser, at_once, browsers
from tests.serving.provider import Served

BROWSERS = 6


class Resident:
    """Somebody with a password and an app, at a served provider."""

    def __init__(self, served: Served) -> None:
        self.address = f"{secrets.token_hex(8)}@example.org"
        made = served.manage("account", "create", "--email", self.address, "--name", "Ann Example")
        self.password = str(made["password"])
        with ServedBrowser(served) as browser:
            self.first_step(browser)
            page = browser.get("/account/ways-to-sign-in/app")
            secret = re.search(r'id="app-key">([A-Z2-7 ]+)<', page.text)
            assert secret, page.text
            self.app = pyotp.TOTP(secret[1].replace(" ", ""))
            assert browser.fill_in(page, code=self.app.now()).url.path.endswith("ways-to-sign-in")

    def first_step(self, browser: ServedBrowser) -> httpx.Response:
        """Type the password, and return the page that follows."""
        page = browser.get("/sign-in")
        return browser.fill_in(page, sign_in_name=self.address, password=self.password)

    def next_code(self) -> str:
        """Return a code that nobody has used: the one of half a minute ahead counts."""
        return self.app.at(int(time.time()) + 30)


@pytest.fixture
def resident(served: Served) -> Resident:
    """Return somebody new."""
    return Resident(served)


def test_one_code_signs_in_one_browser(served: Served, resident: Resident) -> None:
    with browsers(served, BROWSERS) as opened:
        pages = [resident.first_step(browser) for browser in opened]
        code = resident.next_code()
        answers = at_once(
            *(
                partial(browser.fill_in, page, code=code)
                for browser, page in zip(opened, pages, strict=True)
            )
        )
    assert sorted(answer.url.path for answer in answers) == ["/account", *["/sign-in/app"] * 5]
