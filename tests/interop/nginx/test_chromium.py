"""A real browser takes the cookies of the public address, and its policies stop nothing of ours."""

import pytest
from playwright.sync_api import Browser

from tests.interop.public import Public

pytestmark = [pytest.mark.served, pytest.mark.once]


def test_chromium_signs_in_at_the_public_address(public: Public, browser: Browser) -> None:
    # It does not know the run's authority; that clients check the certificate is tested without it.
    context = browser.new_context(proxy={"server": public.internet.proxy}, ignore_https_errors=True)
    complaints: list[str] = []
    with context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{public.issuer}/account")
        page.fill("[name=sign_in_name]", public.resident["sign_in_name"])
        page.fill("[name=password]", public.resident["password"])
        page.click("form button[type=submit]")
        page.wait_for_url(f"{public.issuer}/account")
        cookies = {cookie["name"]: cookie for cookie in context.cookies()}
    assert {"__Host-session", "__Host-csrf"} <= cookies.keys()
    assert all(cookie["secure"] and cookie["httpOnly"] for cookie in cookies.values())
    assert complaints == []
