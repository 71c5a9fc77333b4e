"""One answer of a key brought many times at once, over HTTP."""

import secrets
from functools import partial

import pytest

from tests.accounts.served_browser import ServedBrowser, at_once
from tests.factories.authenticators import Manner, SoftwareKey
from tests.serving.provider import Served

TIMES = 6
ADD = "/account/ways-to-sign-in/passkey"


@pytest.fixture
def key(served: Served) -> SoftwareKey:
    """Return a passkey of somebody new."""
    address = f"{secrets.token_hex(8)}@example.org"
    made = served.manage("account", "create", "--email", address, "--name", "Ann Example")
    key = SoftwareKey()
    with ServedBrowser(served) as browser:
        page = browser.get("/sign-in")
        browser.fill_in(page, sign_in_name=address, password=str(made["password"]))
        page = browser.get(ADD)
        wish = browser.ask(page, f"{ADD}/options", label="phone")
        answer = key.make(wish, Manner(origin=served.issuer))
        added = browser.fill_in(page, label="phone", passkey=answer)
        assert added.url.path == "/account/ways-to-sign-in", added.text
    return key


def test_one_answer_signs_in_one_of_many_tabs(served: Served, key: SoftwareKey) -> None:
    with ServedBrowser(served) as browser:
        tabs = [browser.get("/sign-in") for _tab in range(TIMES)]
        question = browser.ask(tabs[0], "/sign-in/passkey/options")
        answer = key.get(question, Manner(origin=served.issuer))
        ends = at_once(*(partial(browser.fill_in, tab, passkey=answer) for tab in tabs))
    assert sorted(end.url.path for end in ends) == ["/account", *["/sign-in"] * (TIMES - 1)]
