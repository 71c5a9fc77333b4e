"""A provider whose clock is put forward lives in that time: its sessions end as ever."""

import re
from datetime import timedelta

import httpx

from tests.serving.clock import Clock
from tests.serving.provider import Served


def test_a_session_rests_an_hour_and_no_longer(served_in_time: Served, clock: Clock) -> None:
    made = served_in_time.manage(
        "account", "create", "--email", "clock@example.org", "--name", "Clara Clock"
    )
    with httpx.Client(base_url=served_in_time.issuer, follow_redirects=True) as browser:
        _sign_in(browser, made["sign_in_name"], made["password"])
        assert browser.get("/account").url.path == "/account"

        clock.put_forward(timedelta(minutes=50))
        assert browser.get("/account").url.path == "/account"

        clock.put_forward(timedelta(minutes=61))
        assert browser.get("/account").url.path == "/sign-in"


def _sign_in(browser: httpx.Client, name: str, password: str) -> None:
    page = browser.get("/account")
    hidden = dict(re.findall(r'name="(csrfmiddlewaretoken|flow)" value="([^"]+)"', page.text))
    browser.post(page.url, data=hidden | {"sign_in_name": name, "password": password})
