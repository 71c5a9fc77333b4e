"""The same step of a recovery taken many times at once, over HTTP: it counts once."""

import secrets
from dataclasses import dataclass
from functools import partial

import httpx
import pytest

from tests.accounts.served_browser import ServedBrowser, at_once, browsers
from tests.serving.outbox import link_in
from tests.serving.provider import Served, run_command

BROWSERS = 4
NEW = "violet lantern orchard"
# As if the wait were over: its end is told by the same code as ever.
_LET_IT_PASS = """
from datetime import timedelta
from django.utils import timezone
from accounts.models import RecoveryRequest
from accounts.recovery.waiting.due import run
now = timezone.now()
rows = RecoveryRequest.objects.filter(account__sign_in_name="{address}", state="waiting")
rows.update(opens_at=now - timedelta(seconds=1), told_middle_at=now - timedelta(hours=36))
run(now=now)
"""


@dataclass
class Lost:
    """Somebody who knows the password and reads the mailbox, and has nothing else any more."""

    served: Served
    address: str
    password: str

    def link(self, subject: str) -> str:
        """Return the link of the next mail with these words in its subject."""
        while True:
            mail = self.served.outbox.wait_for_mail(self.address)
            if subject in str(mail["Subject"]):
                return link_in(mail)

    def page(self, browser: ServedBrowser, name: str) -> httpx.Response:
        """Ask for the ways back and open the page of one."""
        browser.fill_in(browser.get("/get-back-in"), sign_in_name=self.address)
        return browser.get(self.link("back into").replace("/ways/", f"/{name}/"))

    def begin(self) -> str:
        """Begin a recovery, let its wait pass, and return the link that stops it."""
        with ServedBrowser(self.served) as browser:
            browser.fill_in(self.page(browser, "password"), password=self.password)
        stop = self.link("asked to get back")
        run_command(self.served.environment, "shell", "-c", _LET_IT_PASS.format(**vars(self)))
        return stop

    def mails(self, subject: str) -> int:
        """Return how many mails with these words have come, and wait for none."""
        count = 0
        while mail := self.served.outbox.take(self.address):
            count += subject in str(mail["Subject"])
        return count

    @property
    def state(self) -> str:
        """How far the recovery is."""
        return str(self.served.manage("account", "recovery", self.address)["state"])


@pytest.fixture
def lost(served: Served) -> Lost:
    address = f"{secrets.token_hex(8)}@example.org"
    made = served.manage("account", "create", "--email", address, "--name", "Ann Example")
    return Lost(served, address, str(made["password"]))


def test_two_recoveries_begun_at_once_are_one(served: Served, lost: Lost) -> None:
    with ServedBrowser(served) as browser:
        page = lost.page(browser, "password")
        answers = browser.fill_in_at_once(page, BROWSERS, password=lost.password)
    assert {answer.status_code for answer in answers} == {302}
    lost.link("asked to get back")
    assert lost.state == "waiting"
    assert lost.mails("asked to get back") == 0


def test_a_counter_code_typed_many_times_at_once_begins_one_wait(
    served: Served, lost: Lost
) -> None:
    code = served.manage("account", "recovery-code", lost.address)["code"]
    with ServedBrowser(served) as browser:
        page = lost.page(browser, "code")
        answers = browser.fill_in_at_once(page, BROWSERS, code=code)
    assert {answer.status_code for answer in answers} <= {200, 302}
    assert httpx.codes.FOUND in {answer.status_code for answer in answers}
    lost.link("asked to get back")
    assert lost.state == "waiting"
    assert lost.mails("asked to get back") == 0


def test_the_last_link_used_in_many_browsers_lets_one_choose(served: Served, lost: Lost) -> None:
    lost.begin()
    link = lost.link("can be chosen now")
    with browsers(served, BROWSERS) as opened:
        pages = [browser.get(link) for browser in opened]
        shown = at_once(
            *(
                partial(browser.fill_in, page, password=lost.password)
                for browser, page in zip(opened, pages, strict=True)
            )
        )
        # The last one that showed it again may choose; the others were sent on too, to a refusal.
        chosen = [
            browser.fill_in(page, password=NEW)
            for browser, page in zip(opened, shown, strict=True)
            if browser.get(str(page.url)).status_code == httpx.codes.OK
        ]
    assert [answer.url.path for answer in chosen] == ["/get-back-in/done"]


def test_new_ways_chosen_many_times_at_once_are_chosen_once(served: Served, lost: Lost) -> None:
    lost.begin()
    with ServedBrowser(served) as browser:
        page = browser.get(lost.link("can be chosen now"))
        shown = browser.fill_in(page, password=lost.password)
        answers = browser.fill_in_at_once(shown, BROWSERS, password=NEW)
    assert sorted(answer.status_code for answer in answers) == [302, *[409] * (BROWSERS - 1)]


def test_choosing_and_stopping_at_once_is_one_of_the_two(served: Served, lost: Lost) -> None:
    stop = lost.begin()
    with browsers(served, 2) as (owner, stranger):
        page = owner.get(lost.link("can be chosen now"))
        shown = owner.fill_in(page, password=lost.password)
        stopping = stranger.get(stop)
        chosen, stopped = at_once(
            partial(owner.fill_in, shown, password=NEW), partial(stranger.fill_in, stopping)
        )
    is_chosen = chosen.url.path == "/get-back-in/done"
    assert stopped.status_code == (httpx.codes.CONFLICT if is_chosen else httpx.codes.OK)
    if not is_chosen:
        assert chosen.status_code == httpx.codes.CONFLICT
        assert lost.state == "paused"
