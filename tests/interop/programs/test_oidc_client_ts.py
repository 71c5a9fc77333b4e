"""oidc-client-ts in a page: it runs in Chromium and has no secret, so only PKCE proves it."""

from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.interop.conftest import Person
from tests.interop.programs.meddling import of_somebody_else
from tests.interop.programs.running import address, running
from tests.serving.provider import Served

pytestmark = pytest.mark.once
_BUSY_MACHINE: Final = 60_000


def _expect_heading(page: Page, heading: str) -> None:
    shown = page.get_by_role("heading", level=1)
    expect(shown).to_have_text(heading, timeout=_BUSY_MACHINE)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _of_somebody_else(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, json=of_somebody_else(answer.json()))


def test_a_page_signs_somebody_in_and_out_and_takes_no_for_an_answer(
    page_settings: Path, served: Served, person: Person, browser: Browser
) -> None:
    complaints: list[str] = []
    asked: list[str] = []
    with running("oidc-client-ts", page_settings.parent) as process, browser.new_context() as new:
        page, site = new.new_page(), address(process)
        page.set_default_timeout(_BUSY_MACHINE)
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site)
        _expect_heading(page, "You are not signed in")

        _press(page, "Sign in")
        page.get_by_label("Email address or sign-in name").fill(person.sign_in_name)
        page.get_by_label("Password", exact=True).fill(person.password)
        _press(page, "Sign in")
        _press(page, "Do not share")
        _press(page, "Leave without sharing")
        _expect_heading(page, "You are not signed in, as you chose")

        # OIDC Core §5.3.2.
        page.route("**/userinfo", _of_somebody_else)
        _press(page, "Sign in")
        _press(page, "Share and continue")
        _expect_heading(page, "The sign-in did not work")
        page.unroute("**/userinfo")

        _press(page, "Sign in")
        _expect_heading(page, "You are signed in")
        expect(page.locator("#claims")).to_contain_text(person.sign_in_name)
        expect(page).to_have_url(site)

        _press(page, "Sign out")
        _expect_heading(page, "You are not signed in")
        _press(page, "Sign in")
        page.get_by_label("Password", exact=True).wait_for()
    sent = next(url for url in asked if url.startswith(f"{served.issuer}/authorize?"))
    parameters = parse_qs(urlsplit(sent).query)
    assert parameters["code_challenge_method"] == ["S256"]
    assert parameters.keys() >= {"code_challenge", "state", "nonce"}
    assert complaints == []


def test_settings_that_hold_a_secret_are_served_to_nobody(settings: Path) -> None:
    with running("oidc-client-ts", settings.parent) as process:
        complained = process.communicate(timeout=60)[1]
    assert "cannot keep a secret" in complained
    assert process.returncode == 1
