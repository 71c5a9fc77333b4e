"""Twelve residents get stuck by what they or others do; the agent's first screen tells them apart.

Each tells the agent what anybody can say on the phone: the help code of a page or mail, or the
address. Then they get in, or hear what staff may not do for them.
"""

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pyotp
import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command

from accounts.audit.actor import OPERATOR
from accounts.limits.table import SIGN_IN
from accounts.models import Account, OutboundMessage, RecoveryRequest
from accounts.suspension import operations as suspension
from clients.applications import operations as applications
from idp.console.stuck.anybody import TO_ANYBODY
from idp.console.stuck.rules import Cause
from idp.console.stuck.wording import WORDS
from tests import factories
from tests.accounts import post
from tests.accounts.notices.test_bounces import report
from tests.accounts.recovery.climber import Climber, wait_it_out
from tests.accounts.recovery.reset.forgetful import NEW, Forgetful
from tests.accounts.signup.browser import Browser
from tests.accounts.visitor import Response, Visitor
from tests.factories.ways import app
from tests.idp.console.stuck.agent import Agent
from tests.protocol.forms import forms
from tests.protocol.resident import Resident, heading, path

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ADDRESS = "ada@mail.example"
OTHER = "ada.lee@work.example"
WRONG = "wrong horse battery"
NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
MFA = "https://refeds.org/profile/mfa"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as travelling:
        factories.signing_keys()
        yield travelling


@pytest.fixture
def ada() -> Account:
    return factories.account(ADDRESS, password=factories.PASSWORD)


def _code_on(page: Response) -> str:
    found = re.search(r'borough-help__code">([^<]*)<', page.content.decode())
    assert found is not None
    return found[1]


def _code_in(letter: post.Letter) -> str:
    found = re.search(r"\b([CDFGHJKMNPQRTVWXY34679]{4}-[CDFGHJKMNPQRTVWXY34679]{4})\b", letter.text)
    assert found is not None
    return found[1]


def _bounce(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = OutboundMessage.objects.get(state="sent")
    piped = io.TextIOWrapper(io.BytesIO(report(message_id=f"{mail.pk}.1")))
    monkeypatch.setattr("sys.stdin", piped)
    call_command("note_bounce", stdout=io.StringIO())


def _gets_in(name: str = ADDRESS, password: str = factories.PASSWORD) -> bool:
    resident = Visitor()
    resident.submit(name, password)
    return resident.session is not None


def _signs_up(browser: Browser, address: str) -> bool:
    browser.begin(address)
    browser.type_code(post.newest().code)
    browser.finish()
    return browser.is_signed_in()


def _tells_nothing(agent: Agent) -> bool:
    """Whether what is read out says neither that there is an account nor anything of one."""
    words = agent.says()
    return not re.search(r"\byour account\b|Ann|@", words)


def _is_said_to_anybody(agent: Agent) -> bool:
    """Whether whoever merely names an address hears what everybody hears."""
    return agent.says() == " ".join(map(str, TO_ANYBODY))


def _adds_an_app(resident: Resident) -> None:
    page = resident.get("/account/ways-to-sign-in/app")
    shown = re.search(r'id="app-key">([^<]*)<', page.content.decode())
    assert shown is not None
    key = pyotp.TOTP(shown[1].replace(" ", ""))
    [form] = [form for form in forms(page.content.decode()) if "app" in form.values]
    answer = resident.submit(path(page), {**form.values, "code": key.at(NOON)})
    assert answer.status_code == 303, heading(answer)


def test_1_mail_bounced(monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Browser()
    browser.begin(OTHER)
    post.send()
    _bounce(monkeypatch)
    agent = Agent()
    assert "came back" in agent.hears(_code_on(browser.look()))
    assert "Is there another address" in agent.says()
    assert _tells_nothing(agent)
    assert _signs_up(browser, ADDRESS)


def test_2_address_mistyped() -> None:
    browser = Browser()
    browser.begin("ada@mial.example")
    post.send()
    agent = Agent()
    assert "mistyped" in agent.hears(_code_on(browser.look()))
    assert "letter by letter" in agent.says()
    assert _signs_up(browser, ADDRESS)


@pytest.mark.usefixtures("ada")
def test_3_link_expired(clock: time_machine.Traveller) -> None:
    forgetful = Forgetful()
    link = forgetful.link(ADDRESS)
    clock.shift(settings.RESET_LIFETIME)
    assert forgetful.client.get(link).status_code != 500
    agent = Agent()
    assert "too old" in agent.hears(_code_in(post.newest()))
    agent.does("send-again")
    forgetful.choose(post.newest().path("/reset-password/"))
    assert _gets_in(password=NEW)


@pytest.mark.usefixtures("ada")
def test_4_link_spent() -> None:
    forgetful = Forgetful()
    link = forgetful.link(ADDRESS)
    code = _code_in(post.newest())
    forgetful.choose(link, "copper window saddle")
    forgetful.client.get(link)
    post.send()  # two mails queued while the clock stands still would go in any order
    agent = Agent()
    assert "used before" in agent.hears(code)
    agent.does("send-again")
    forgetful.choose(post.newest().path("/reset-password/"))
    assert _gets_in(password=NEW)


@pytest.mark.usefixtures("ada")
def test_5_sign_in_slowed_down() -> None:
    resident = Visitor()
    for _try in range(SIGN_IN.amount):
        resident.submit(ADDRESS, WRONG)
    flow = resident.begin()
    refused = resident.submit(ADDRESS, flow=flow)
    assert refused.status_code == 429
    by_page = Agent()
    assert "slowed down" in by_page.hears(_code_on(refused))
    assert "email you a code" in by_page.says()
    agent = Agent()
    assert "slowed down" in agent.hears(ADDRESS)
    assert _is_said_to_anybody(agent)
    assert "They can try again now" in agent.does("lift-limits")
    # The same browser, and no code by email.
    resident.submit(ADDRESS, flow=flow)
    assert resident.session is not None


def test_6_phone_lost_with_no_codes(ada: Account, clock: time_machine.Traveller) -> None:
    app(ada)
    Visitor().submit(ADDRESS)
    agent = Agent()
    assert "have only one way to do it" in agent.hears(ADDRESS, reason="lost_way")
    assert _is_said_to_anybody(agent)
    agent.does("ways-back")
    climber = Climber()
    token = post.newest().path("/get-back-in/ways/").rpartition("/")[2]
    climber.client.post(f"/get-back-in/password/{token}", {"password": factories.PASSWORD})
    wait_it_out(clock)
    climber.choose(climber.go_on())
    assert _gets_in(password=NEW)


@pytest.mark.usefixtures("ada")
def test_7_frozen_by_owner() -> None:
    resident = Visitor()
    resident.submit(ADDRESS)
    resident.client.post("/account/freeze")
    agent = Agent()
    assert "frozen" in agent.hears(ADDRESS)
    assert agent.has_no_button()
    assert "If you froze your account, sign in with everything" in agent.advises()
    assert _is_said_to_anybody(agent)
    flow = resident.begin("/account")
    resident.submit(ADDRESS, flow=flow)
    resident.client.post("/sign-in/frozen", {"flow": flow})
    assert resident.session is not None


def test_8_suspended(ada: Account) -> None:
    suspension.suspend(account=ada, by=OPERATOR)
    agent = Agent()
    assert "We suspended the account" in agent.hears(ADDRESS)
    assert agent.has_no_button()
    assert _is_said_to_anybody(agent)
    assert "once I have checked who you are" in agent.advises()
    assert not _gets_in()


def test_9_recovery_waiting(ada: Account) -> None:
    app(ada)
    Climber().know_password(ADDRESS)
    waiting = RecoveryRequest.objects.get()
    agent = Agent()
    assert "the safety wait is not over" in agent.hears(ADDRESS)
    assert agent.has_no_button()
    assert "Nobody can make that shorter" in agent.advises()
    assert "If you did not ask for it" in agent.advises()
    assert _is_said_to_anybody(agent)
    waiting.refresh_from_db()
    assert waiting.state == "waiting"


@pytest.mark.usefixtures("ada")
def test_10_a_second_account_under_another_address() -> None:
    browser = Browser()
    flow = browser.flow()
    browser.client.post(
        "/sign-in", {"sign_in_name": OTHER, "password": factories.PASSWORD, "flow": flow}
    )
    assert _signs_up(browser, OTHER)
    agent = Agent()
    assert "made a new account" in agent.hears(_code_on(browser.client.get("/account")))
    assert "another email address before" in agent.says()
    assert _gets_in(ADDRESS)


def test_11_service_suspended() -> None:
    service = factories.application()
    applications.suspend(application=service, by=OPERATOR)
    page = Resident().ask(service)
    agent = Agent()
    assert "switched off" in agent.hears(_code_on(page))
    assert agent.has_no_button()
    assert "Nothing is wrong on your side" in agent.says()


def test_12_level_out_of_reach(ada: Account) -> None:
    resident, service = Resident(), factories.application()
    page = resident.password(resident.ask(service, acr_values=MFA), ada)
    assert path(page) == "/account/ways-to-sign-in/needed", heading(page)
    agent = Agent()
    assert "a stronger sign-in than they have set up" in agent.hears(_code_on(page))
    assert agent.has_no_button()
    assert "a second way to sign in" in agent.says()
    _adds_an_app(resident)
    assert heading(resident.ask(service, acr_values=MFA)).startswith("Share")


TWELVE = (
    Cause.MAIL_BOUNCED,
    Cause.MAIL_UNOPENED,
    Cause.LINK_EXPIRED,
    Cause.LINK_SPENT,
    Cause.SLOWED_DOWN,
    Cause.WAY_LOST,
    Cause.ACCOUNT_FROZEN,
    Cause.ACCOUNT_SUSPENDED,
    Cause.RECOVERY_WAITING,
    Cause.SECOND_ACCOUNT,
    Cause.SERVICE_SUSPENDED,
    Cause.LEVEL_OUT_OF_REACH,
)


def test_their_sentences_and_what_is_read_out_differ() -> None:
    assert len({str(WORDS[cause].cause) for cause in TWELVE}) == len(TWELVE)
    assert len({str(WORDS[cause].say) for cause in TWELVE}) == len(TWELVE)
