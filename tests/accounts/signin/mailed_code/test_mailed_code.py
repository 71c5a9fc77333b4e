"""Over a limit that strangers can fill, a mailed code lets the owner try passwords again."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from accounts.audit.events import Event
from accounts.limits import operations as limits
from accounts.limits.table import (
    SIGN_IN_CODE,
    SIGN_IN_MAIL,
    SIGN_IN_MAIL_DAILY,
    SIGN_IN_MAIL_NAME,
    SIGN_IN_NAME,
    SIGN_IN_PROVED,
)
from accounts.models import Account, AuditEvent, OutboundMessage, PendingSignIn
from accounts.models.account import sign_in_key
from tests.accounts import post
from tests.accounts.visitor import Response, Visitor, counted_hashes, statements
from tests.factories import people

pytestmark = pytest.mark.django_db

WRONG = "wrong horse battery"
NAME = "ann@example.org"
NOON = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def account() -> Account:
    return people.account(NAME, password=people.PASSWORD)


@pytest.fixture(autouse=True)
def _guessed_from_everywhere() -> None:
    for name in (NAME, "unknown@example.org"):
        for _time in range(SIGN_IN_NAME.amount):
            limits.hit(SIGN_IN_NAME, sign_in_key(name))


class Guest(Visitor):
    """Somebody in a browser that was never signed in, with one sign-in under way."""

    def __init__(self, network: str = "192.0.2.1") -> None:
        super().__init__(network=network)
        self.flow = self.begin()

    def password(self, name: str = NAME, password: str = people.PASSWORD) -> Response:
        return self.submit(name, password, flow=self.flow)

    def send(self, name: str = NAME, **more: str) -> Response:
        values = {"flow": self.flow, "sign_in_name": name, **more}
        return self.client.post("/sign-in/send-code", values)

    def code(self, code: str) -> Response:
        return self.client.post("/sign-in/mailed-code", {"flow": self.flow, "code": code})

    def page(self) -> str:
        return str(self.get(f"/sign-in/mailed-code?flow={self.flow}").content.decode())


def _wrong(code: str) -> str:
    return "000000" if code != "000000" else "000001"


@pytest.mark.usefixtures("account")
def test_the_owner_gets_in_by_a_mailed_code_and_the_password() -> None:
    guest = Guest()
    assert "another way first" in guest.password().content.decode()
    assert guest.send().status_code == 302
    assert guest.code(post.newest().code)["Location"] == f"/sign-in?flow={guest.flow}"
    assert guest.password().status_code == 303
    assert guest.session is not None


@pytest.mark.parametrize("name", [NAME, "unknown@example.org"])
def test_no_password_is_hashed_before_the_code(account: Account, name: str) -> None:
    del account
    guest = Guest()
    with counted_hashes() as hashes:
        assert "another way first" in guest.password(name).content.decode()
    assert hashes.call_count == 0


def test_every_page_and_statement_is_the_same_for_a_name_that_nobody_has(account: Account) -> None:
    del account
    shown, costs = [], []
    for name in (NAME, "unknown@example.org"):
        guest = Guest()
        pages: list[str] = []
        with statements() as sql:
            pages.append(guest.password(name).content.decode())
            pages.append(guest.send(name)["Location"])
            pages.append(guest.page())
            pages.append(guest.code("123456").content.decode())
            pages.append(guest.send(name, again="yes")["Location"])
        shown.append([_faceless(page, guest, name) for page in pages])
        costs.append(sql)
    assert shown[0] == shown[1]
    assert costs[0] == costs[1]


def _faceless(page: str, guest: Guest, name: str) -> list[str]:
    page = page.replace(guest.flow, "FLOW").replace(name, "NAME")
    hidden = ("csrfmiddlewaretoken", "borough-help__code")
    return [line for line in page.splitlines() if not any(word in line for word in hidden)]


def test_the_worker_mails_nobody_for_a_name_that_nobody_has() -> None:
    Guest().send("unknown@example.org")
    assert post.letters() == []
    assert OutboundMessage.objects.get().state == "dropped"


def test_a_code_is_never_mailed_to_an_unsafe_address(account: Account) -> None:
    account.email_addresses.update(unsafe_since=NOON)
    Guest().send()
    assert post.letters() == []


def test_it_goes_to_another_safe_address_instead(account: Account) -> None:
    account.email_addresses.update(unsafe_since=NOON)
    people.email_address(account, "safe@example.org", is_primary=False)
    Guest().send()
    assert [letter.to for letter in post.letters()] == ["safe@example.org"]


def test_a_code_from_an_address_that_became_unsafe_or_went_is_wrong(account: Account) -> None:
    for change in ({"unsafe_since": NOON}, {"address_key": "other@example.org"}):
        account.email_addresses.update(unsafe_since=None, address_key=NAME)
        guest = Guest()
        guest.send()
        code = post.newest().code
        account.email_addresses.update(**change)
        assert guest.code(code).status_code == 200
        assert "another way first" in guest.password().content.decode()


def test_a_closed_account_is_mailed_nothing(account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(status="closed")
    Guest().send()
    assert post.letters() == []


@pytest.mark.usefixtures("account")
def test_the_code_works_in_its_own_sign_in_alone_and_once() -> None:
    guest, thief = Guest(), Guest()
    guest.send()
    code = post.newest().code
    thief.send("unknown@example.org")
    assert thief.code(code).status_code == 200
    assert guest.code(code).status_code == 302
    assert guest.code(code).status_code == 200
    assert "another way first" in thief.password().content.decode()


@pytest.mark.usefixtures("account")
def test_the_code_of_one_name_opens_no_other() -> None:
    people.account("bob@example.org", password=people.PASSWORD)
    guest = Guest()
    guest.send("bob@example.org")
    assert guest.code(post.newest().code).status_code == 302
    assert "another way first" in guest.password().content.decode()


@pytest.mark.usefixtures("account")
def test_a_right_code_allows_a_few_passwords_and_then_asks_again() -> None:
    guest = Guest()
    guest.send()
    guest.code(post.newest().code)
    for _time in range(SIGN_IN_PROVED.amount):
        assert "is not right" in guest.password(password=WRONG).content.decode()
    assert "another way first" in guest.password().content.decode()
    guest.send()
    guest.code(post.newest().code)
    assert guest.password().status_code == 303


@pytest.mark.usefixtures("account")
def test_a_right_code_also_lets_by_the_limit_of_one_place() -> None:
    guest = Guest()
    for _time in range(11):
        answer = guest.password(password=WRONG)
    assert answer.status_code == 429
    assert "Send me a code" in answer.content.decode()
    guest.send()
    guest.code(post.newest().code)
    assert guest.password().status_code == 303


@pytest.mark.usefixtures("account")
def test_a_newer_code_makes_the_older_one_void() -> None:
    guest = Guest()
    guest.send()
    older = post.newest().code
    guest.send(again="yes")
    newer = post.newest().code
    assert (
        "Only its code works now"
        in guest.get(f"/sign-in/mailed-code?flow={guest.flow}&again=yes").content.decode()
    )
    if older != newer:
        assert "not the code in our newest email" in guest.code(older).content.decode()
    assert guest.code(newer).status_code == 302


@pytest.mark.parametrize("name", [NAME, "unknown@example.org"])
def test_five_tries_and_no_more(account: Account, name: str) -> None:
    del account
    guest = Guest()
    guest.send(name)
    letters = post.letters()
    code = letters[-1].code if letters else "111111"
    for _time in range(SIGN_IN_CODE.amount):
        assert "not the code" in guest.code(_wrong(code)).content.decode()
    assert "too many wrong codes" in guest.code(code).content.decode()
    assert "another way first" in guest.password(name).content.decode()


@pytest.mark.parametrize("name", [NAME, "unknown@example.org"])
def test_a_code_is_too_old_after_the_same_time_for_everybody(account: Account, name: str) -> None:
    del account
    with time_machine.travel(NOON, tick=False) as clock:
        guest = Guest()
        guest.send(name)
        clock.shift(timedelta(minutes=3))
        post.send()  # a worker that is late
        clock.shift(settings.SIGN_IN_CODE_LIFETIME - timedelta(minutes=3, seconds=1))
        assert "not the code" in guest.code("123456").content.decode()
        clock.shift(timedelta(seconds=1))
        assert "work for a short time" in guest.code("123456").content.decode()


@pytest.mark.usefixtures("account")
def test_a_mail_that_would_come_too_late_is_not_sent() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        Guest().send()
        clock.shift(settings.SIGN_IN_CODE_LIFETIME)
        assert post.letters() == []


@pytest.mark.parametrize("name", [NAME, "unknown@example.org"])
def test_mails_for_one_name_are_limited_from_one_place_and_from_all(
    account: Account, name: str
) -> None:
    del account
    guest = Guest()
    for _time in range(SIGN_IN_MAIL.amount):
        assert guest.send(name).status_code == 302
    refused = guest.send(name)
    assert (refused.status_code, "Retry-After" in refused) == (429, True)
    sent = SIGN_IN_MAIL.amount
    for number in range(SIGN_IN_MAIL_NAME.amount - sent):
        assert Guest(f"198.51.100.{number}").send(name).status_code == 302
    assert Guest("203.0.113.1").send(name).status_code == 429
    assert SIGN_IN_MAIL_DAILY.amount <= 20


@pytest.mark.parametrize(
    "values",
    [{}, {"sign_in_name": ""}, {"sign_in_name": "\x00"}, {"sign_in_name": "x" * 300}],
)
def test_a_broken_form_mails_nobody_and_leads_back(values: dict[str, str]) -> None:
    guest = Guest()
    answer = guest.client.post("/sign-in/send-code", {"flow": guest.flow, **values})
    assert answer["Location"] == f"/sign-in?flow={guest.flow}"
    assert not OutboundMessage.objects.exists()


@pytest.mark.parametrize("name", ["ﷺ" * 254, "a\u202eb"])
def test_a_name_that_nobody_can_have_is_no_error(name: str) -> None:
    guest = Guest()
    assert guest.send(name).status_code == 302
    assert guest.send(name, again="yes").status_code == 302
    assert guest.code("123456").status_code == 200
    assert post.letters() == []


def test_without_a_mail_the_page_leads_back_to_the_password() -> None:
    guest = Guest()
    path = f"/sign-in/mailed-code?flow={guest.flow}"
    assert guest.get(path)["Location"] == f"/sign-in?flow={guest.flow}"
    assert guest.code("123456")["Location"] == f"/sign-in?flow={guest.flow}"


@pytest.mark.usefixtures("account")
def test_the_pages_belong_to_the_browser_that_began() -> None:
    guest = Guest()
    guest.send()
    code = post.newest().code
    other = Guest()
    other.flow = guest.flow
    assert other.code(code).status_code == 400
    assert other.send().status_code == 400
    assert PendingSignIn.objects.get(pk=guest.flow).mailbox_proved_key == ""


def test_asking_and_using_are_recorded_without_name_or_code(account: Account) -> None:
    guest = Guest()
    guest.send()
    code = post.newest().code
    guest.code(code)
    events = AuditEvent.objects.filter(object_kind="sign_in_code").order_by("pk")
    assert [event.event for event in events] == [
        Event.SIGN_IN_CODE_REQUESTED,
        Event.SIGN_IN_CODE_USED,
    ]
    assert {event.account_id for event in events} == {account.pk}
    for event in events:
        assert NAME not in str(vars(event))
        assert code not in str(vars(event))
