"""Residents of a made-up month, each of whom notes in plain words what they did, and when."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from accounts.assurance import Method
from accounts.mfa.apps import operations as apps
from accounts.models import Account, Phone
from tests.accounts import post
from tests.accounts.mfa.owner import WAYS
from tests.accounts.recovery.climber import Climber, pass_time, recovery, wait_it_out
from tests.accounts.signup.browser import Browser
from tests.accounts.texts import phone
from tests.accounts.visitor import Visitor
from tests.factories import PASSWORD, people, ways
from tests.factories.authenticators import SoftwareKey, key_of
from tests.idp.console.helping.person import helping

APP = f"{WAYS}/app"


@dataclass
class Town:
    """Those who live there, and what they did by the first day of the week, as they say."""

    clock: time_machine.Traveller
    did: Counter[tuple[str, str]] = field(default_factory=Counter)
    waits: defaultdict[str, list[timedelta]] = field(default_factory=lambda: defaultdict(list))
    people: int = 0

    def at(self, moment: str) -> None:
        """Let somebody begin at this moment, with its offset."""
        post.send()  # what waits from before, in its own time
        self.people += 1
        self.clock.move_to(datetime.fromisoformat(moment))

    def note(self, week: str, *what: str) -> None:
        """Note what somebody did in the week that begins on this day."""
        self.did.update((week, one) for one in what)

    def address(self) -> str:
        """Return the address of whoever has just begun."""
        return f"resident-{self.people}@mail.example"


def sign_up(town: Town, moment: str, week: str, *, by_link: bool = False) -> str:
    """Make an account with a password, and return its address."""
    town.at(moment)
    address, browser = town.address(), Browser()
    browser.begin(address)
    if by_link:
        link = post.newest().path("/sign-up/confirm/")
        browser.client.post(link, {"decision": "confirm"})
    else:
        browser.type_code(post.newest().code)
    browser.finish()
    assert browser.is_signed_in()
    town.note(week, "started", "finished", "in by password")
    return address


def sign_up_with_passkey(town: Town, moment: str, week: str) -> None:
    """Make an account with a passkey alone."""
    town.at(moment)
    browser, key = Browser(), SoftwareKey()
    browser.begin(town.address())
    browser.type_code(post.newest().code)
    typed = {"full_name": "Ann Example"}
    wish: Any = browser.client.post(browser.page("passkey/options"), typed)
    answer = {**typed, "passkey": key.make(wish.json())}
    browser.client.post(browser.page("passkey"), answer)
    assert browser.is_signed_in()
    town.note(week, "started", "finished", "in by passkey")


def sign_up_after_a_typing_error(town: Town, moment: str, week: str) -> None:
    """Type a wrong address first, go back, and make an account with the right one."""
    town.at(moment)
    browser = Browser()
    flow = browser.flow()
    browser.begin("mistyped@mail.example", flow)
    town.clock.shift(timedelta(minutes=5))
    browser.begin(town.address(), flow)
    browser.type_code(post.newest().code)
    browser.finish()
    assert browser.is_signed_in()
    town.note(week, "started", "finished", "in by password")


def sign_up_in_a_shared_mailbox(town: Town, moment: str, week: str, address: str) -> None:
    """Make another account with an address that somebody has."""
    town.at(moment)
    browser = Browser()
    browser.begin(address)
    letter = post.newest()
    assert "There is an account with this email address already" in letter.text
    browser.type_code(letter.code)
    browser.finish(sign_in_name=f"second-{town.people}")
    assert browser.is_signed_in()
    town.note(week, "started", "finished", "in by password")


def give_up_before_the_code(town: Town, moment: str, week: str, *, tries: int = 0) -> None:
    """Ask, perhaps for a new code too, type some that are wrong, and go away."""
    town.at(moment)
    browser = Browser()
    browser.begin(town.address())
    town.clock.shift(timedelta(hours=1))
    browser.send_again()
    for number in range(tries):
        browser.type_code(f"{number:06}")
    assert not browser.is_signed_in()
    town.note(week, "started", "gave up: email_not_confirmed")


def give_up_before_the_name(town: Town, moment: str, week: str) -> None:
    """Confirm the address, and go away from the page that asks for a name and a password."""
    town.at(moment)
    browser = Browser()
    browser.begin(town.address())
    browser.type_code(post.newest().code)
    browser.finish(full_name="")
    assert not browser.is_signed_in()
    town.note(week, "started", "gave up: details_not_given")


def give_up_as_known(town: Town, moment: str, week: str, address: str, reason: str) -> None:
    """Read in the mail that the address has an account, or as many as it may, and go away."""
    town.at(moment)
    Browser().begin(address)
    post.send()
    town.note(week, "started", f"gave up: {reason}")


def be_refused(town: Town, moment: str, week: str) -> None:
    """Type a stranger's address, who says in the mail that it was not them."""
    town.at(moment)
    browser = Browser()
    browser.begin(town.address())
    link = post.newest().path("/sign-up/confirm/")
    Browser().client.post(link, {"decision": "refuse"})
    town.note(week, "started", "gave up: refused_by_reader")


def account(town: Town) -> Account:
    """Return the account of somebody who had one before anything was counted."""
    return people.account(town.address(), password=PASSWORD)


def sign_in(town: Town, moment: str, week: str, method: Method) -> None:
    """Sign in by this, after the password where it is a second step."""
    town.at(moment)
    row, visitor = account(town), Visitor()
    flow = visitor.begin()
    if method is Method.PASSKEY:
        wish = visitor.client.post("/sign-in/passkey/options").json()
        visitor.client.post("/sign-in", {"flow": flow, "passkey": key_of(row).get(wish)})
    else:
        _by_password(visitor, row, flow, method)
    assert visitor.session is not None
    town.note(week, f"in by {method}")


def _by_password(visitor: Visitor, row: Account, flow: str, method: Method) -> None:
    page, code = "", ""
    if method is Method.APP:
        page, code = "app", ways.code_of(ways.app(row))
    elif method is Method.CODE_SHEET:
        page, code = "code-sheet", ways.sheet(row)[0]
    elif method is Method.RECOVERY_CODE:
        ways.app(row)
        page, code = "recovery-code", ways.recovery_codes(row)[0]
    elif method is Method.TEXT_MESSAGE:
        ways.way(row, "text_message")
        Phone.objects.create(account=row, number="+447700900123", confirmed_at=timezone.now())
    visitor.submit(row.sign_in_name, flow=flow)
    if method is Method.TEXT_MESSAGE:
        visitor.client.post("/sign-in/text-message/send", {"flow": flow})
        page, code = "text-message", phone.newest_code()
    if page:
        visitor.client.post(f"/sign-in/{page}", {"flow": flow, "code": code})


def add_an_app_and_sign_in_again(town: Town, moment: str, week: str) -> None:
    """Sign in by the password, add an app within the session, and sign in by both."""
    town.at(moment)
    row, visitor = account(town), Visitor()
    visitor.submit(row.sign_in_name)
    sealed = re.findall(r'name="app" value="([^"]+)"', visitor.get(APP).content.decode())[0]
    secret = apps.secret_in(row, sealed) or b""
    visitor.client.post(APP, {"app": sealed, "code": ways.code_of(secret)})
    other = Visitor()
    town.clock.shift(timedelta(minutes=30))
    flow = other.begin()
    other.submit(row.sign_in_name, flow=flow)
    other.client.post("/sign-in/app", {"flow": flow, "code": ways.code_of(secret)})
    assert other.session is not None
    town.note(week, "in by password", "in by app")


def get_back_in(
    town: Town, moment: str, weeks: tuple[str, str], waited: timedelta = timedelta(hours=72)
) -> None:
    """Lose the app, wait as long as it takes or longer, and choose a new password."""
    town.at(moment)
    row, climber = account(town), Climber()
    ways.app(row)
    climber.know_password(row.sign_in_name)
    wait_it_out(town.clock)
    post.send()
    pass_time(town.clock, waited - timedelta(hours=72))
    climber.choose(climber.go_on())
    assert recovery(row).state == "done"
    town.note(weeks[0], "recovery started")
    town.note(weeks[1], "back in")
    town.waits[weeks[1]].append(waited)


def give_up_getting_back_in(town: Town, moment: str, weeks: tuple[str, str]) -> None:
    """Ask for new ways, and never come back for them."""
    town.at(moment)
    row = account(town)
    ways.app(row)
    Climber().know_password(row.sign_in_name)
    wait_it_out(town.clock)
    pass_time(town.clock, timedelta(days=14))
    town.note(weeks[0], "recovery started")
    town.note(weeks[1], "recovery ended")


def find_the_phone_again(town: Town, moment: str, week: str) -> None:
    """Ask for new ways, find the app, sign in by it, and stop the recovery."""
    town.at(moment)
    row = account(town)
    secret = ways.app(row)
    Climber().know_password(row.sign_in_name)
    town.clock.shift(timedelta(hours=2))
    visitor = Visitor()
    flow = visitor.begin()
    visitor.submit(row.sign_in_name, flow=flow)
    visitor.client.post("/sign-in/app", {"flow": flow, "code": ways.code_of(secret)})
    visitor.client.post("/account/getting-back-in", {"stop": "yes"})
    town.note(week, "recovery started", "in by app", "recovery ended")


def call(town: Town, moment: str, week: str, cause: str, row: Account | None = None) -> None:
    """Ring the staff, who look twice at the same screen."""
    town.clock.move_to(datetime.fromisoformat(moment))
    address = row.sign_in_name if row else "nobody@mail.example"
    help_session, desk = helping(row, address_key=address)
    for _look in range(2):
        assert desk.get(f"/staff/help/{help_session.pk}").status_code == 200
    town.note(week, f"stuck: {cause}")
