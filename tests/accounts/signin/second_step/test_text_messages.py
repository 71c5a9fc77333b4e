"""The second step by a text message: sent when asked for, typed once, and worth less."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from accounts.assurance import Level
from accounts.limits.table import TEXT_MESSAGE
from accounts.models import Account, Authenticator, PendingSignIn, Phone, RememberedDevice, TextCode
from accounts.texts.operations import TRIES
from tests.accounts import post
from tests.accounts.signin.second_step.two_steps import ANN, TwoSteps, ann
from tests.accounts.texts import phone
from tests.accounts.visitor import Response, Visitor
from tests.factories import people, ways

pytestmark = pytest.mark.django_db

NUMBER = "+447700900123"
PAGE, SEND = "/sign-in/text-message", "/sign-in/text-message/send"


@pytest.fixture
def account(settings: Settings) -> Account:
    settings.TEXTS_ADAPTER = "tests.accounts.texts.phone.PhoneInHand"
    phone.received.clear()
    phone.broken.clear()
    account = ann()
    ways.app(account)
    ways.way(account, "text_message")
    Phone.objects.create(account=account, number=NUMBER, confirmed_at=timezone.now())
    return account


@pytest.fixture
def visitor(account: Account) -> TwoSteps:
    del account
    visitor = TwoSteps()
    visitor.first_step()
    return visitor


def send(visitor: TwoSteps) -> Response:
    return visitor.client.post(SEND, {"flow": visitor.flow})


def code(visitor: TwoSteps) -> str:
    assert send(visitor)["Location"] == f"{PAGE}?flow={visitor.flow}"
    return phone.newest_code()


def refused(response: Response) -> bool:
    return response.status_code == 200 and "The code is not right" in response.content.decode()


def test_it_is_offered_after_the_others_and_sent_when_asked_for(visitor: TwoSteps) -> None:
    app = visitor.page("app").content.decode()
    assert "Get a code by text message" in app
    page = visitor.page("text-message").content.decode()
    assert "ends in 123" in page
    assert "07700" not in page
    assert "900123" not in page
    assert "Code from the text message" not in page
    assert not TextCode.objects.exists()
    send(visitor)
    assert "Code from the text message" in visitor.page("text-message").content.decode()


def test_its_code_completes_the_sign_in_as_two_factors(visitor: TwoSteps) -> None:
    response = visitor.type("text-message", code(visitor))
    assert (response.status_code, response["Location"]) == (303, "/help/contact")
    assert visitor.session is not None
    assert visitor.session.level == Level.TWO_FACTORS
    assert [proof["method"] for proof in visitor.session.proofs] == ["password", "text_message"]


def test_it_changes_nothing_in_the_account(visitor: TwoSteps) -> None:
    visitor.type("text-message", code(visitor))
    for page in (
        "account/ways-to-sign-in/app",
        "account/ways-to-sign-in/recovery-codes",
        "account/phone",
    ):
        assert visitor.get(f"/{page}").status_code == 403
        assert visitor.client.post(f"/{page}", {}).status_code == 403


def test_it_is_remembered_on_no_device(visitor: TwoSteps) -> None:
    assert "30 days" not in visitor.page("text-message").content.decode()
    visitor.type("text-message", code(visitor), remember="on")
    assert not RememberedDevice.objects.exists()


def test_it_is_not_offered_where_only_a_passkey_will_do(account: Account) -> None:
    ways.way(account, "passkey")
    visitor = TwoSteps()
    visitor.first_step(level=Level.PHISHING_RESISTANT)
    assert visitor.page("text-message").status_code == 302
    assert send(visitor).status_code == 302
    assert not TextCode.objects.filter(account=account).exists()


def test_a_code_works_once(visitor: TwoSteps) -> None:
    right = code(visitor)
    visitor.type("text-message", right)
    visitor.first_step()
    assert refused(visitor.type("text-message", right))


def test_a_code_works_in_the_browser_that_asked_for_it_alone(visitor: TwoSteps) -> None:
    right = code(visitor)
    stranger = TwoSteps()
    stranger.first_step()
    assert "We can send a code" in stranger.page("text-message").content.decode()
    assert refused(stranger.type("text-message", right))
    assert stranger.session is None
    assert visitor.type("text-message", right).status_code == 303


def test_a_strangers_wrong_codes_and_new_codes_leave_the_owners_alone(visitor: TwoSteps) -> None:
    right = code(visitor)
    wrong = "000000" if right != "000000" else "111111"
    stranger = TwoSteps(network="198.51.100.9")
    stranger.first_step()
    for _try in range(TRIES):
        stranger.type("text-message", wrong)
    send(stranger)
    for _try in range(TRIES + 1):
        assert refused(stranger.type("text-message", wrong))
    assert visitor.type("text-message", right).status_code == 303


def use_up_the_texts() -> Response:
    """Ask for texts as a stranger with the password until none is sent."""
    stranger = TwoSteps(network="198.51.100.9")
    stranger.first_step()
    return [send(stranger) for _time in range(TEXT_MESSAGE.amount + 1)][-1]


def test_texts_that_a_stranger_used_up_are_sent_in_a_browser_of_the_owners(
    visitor: TwoSteps,
) -> None:
    visitor.type("text-message", code(visitor))
    assert use_up_the_texts().status_code == 429
    visitor.first_step(as_someone_else=True)
    assert visitor.type("text-message", code(visitor)).status_code == 303


def test_texts_that_a_stranger_used_up_are_sent_to_whoever_reads_the_mail(
    visitor: TwoSteps,
) -> None:
    assert "With a code that we send to your email" in use_up_the_texts().content.decode()
    assert send(visitor).status_code == 429
    visitor.client.post("/sign-in/send-code", {"flow": visitor.flow, "sign_in_name": ANN})
    visitor.type("mailed-code", post.newest().code)
    visitor.submit(ANN, flow=visitor.flow)
    assert visitor.type("text-message", code(visitor)).status_code == 303


def test_a_new_code_makes_the_older_one_void(visitor: TwoSteps) -> None:
    older, newer = code(visitor), code(visitor)
    assert older == newer or refused(visitor.type("text-message", older))
    assert visitor.type("text-message", newer).status_code == 303


def test_three_wrong_codes_end_the_right_one(visitor: TwoSteps) -> None:
    right = code(visitor)
    wrong = "000000" if right != "000000" else "111111"
    for _try in range(3):
        assert refused(visitor.type("text-message", wrong))
    assert refused(visitor.type("text-message", right))
    assert visitor.session is None


def test_after_ten_minutes_it_is_offered_anew(visitor: TwoSteps) -> None:
    right = code(visitor)
    with time_machine.travel(timezone.now() + timedelta(minutes=10), tick=False):
        assert refused(visitor.type("text-message", right))
        assert "We can send a code" in visitor.page("text-message").content.decode()


@pytest.mark.parametrize(
    "typed",
    ["", "12345", "1234567", "\uff11\uff12\uff13\uff14\uff15\uff16", "+12345", "a\x00", "9" * 5000],
)
def test_what_is_no_code_is_refused_and_is_no_try(visitor: TwoSteps, typed: str) -> None:
    right = code(visitor)
    for _try in range(4):
        response = visitor.type("text-message", typed)
        assert (response.status_code, visitor.session) == (200, None)
    assert visitor.type("text-message", f" {right[:3]} {right[3:]} ").status_code == 303


def test_nothing_is_sent_before_the_first_step_or_to_another_browser(visitor: TwoSteps) -> None:
    stranger = Visitor()
    for flow in (visitor.flow, stranger.begin(), "", "x", "\x00"):
        assert stranger.client.post(SEND, {"flow": flow}).status_code in {302, 400}
    assert visitor.client.get(SEND, {"flow": visitor.flow}).status_code == 405
    assert not TextCode.objects.exists()


def test_a_sign_in_for_one_account_takes_no_code_of_another(visitor: TwoSteps) -> None:
    ben = people.account("ben@example.org", password=people.PASSWORD)
    ways.app(ben)
    ways.way(ben, "text_message")
    Phone.objects.create(account=ben, number="+447700900456", confirmed_at=timezone.now())
    other = Visitor()
    flow = other.begin()
    other.submit("ben@example.org", flow=flow)
    other.client.post(SEND, {"flow": flow})
    bens = phone.newest_code()
    mine = code(visitor)
    assert bens == mine or refused(visitor.type("text-message", bens))
    assert PendingSignIn.objects.get(pk=visitor.flow).done_at is None


def test_messages_are_limited_by_account_and_the_other_ways_go_on(account: Account) -> None:
    senders = [TwoSteps(network=f"192.0.2.{place}") for place in range(1, 4)]
    for sender in senders:
        sender.first_step()
    for turn in range(TEXT_MESSAGE.amount):
        assert send(senders[turn % 3]).status_code == 302
    answer = send(senders[0])
    assert answer.status_code == 429
    assert answer["Retry-After"]
    page = answer.content.decode()
    assert "We cannot send another text yet" in page
    assert "Use a code from your app" in page
    assert TextCode.objects.filter(account=account).count() == TEXT_MESSAGE.amount


@pytest.mark.parametrize(
    "columns",
    [{"confirmed_at": None}, {"unsafe_since": timezone.now()}, {"number": "+447700900999"}],
)
def test_a_code_is_void_once_its_number_is_no_longer_good(
    visitor: TwoSteps, columns: dict[str, object]
) -> None:
    right = code(visitor)
    Phone.objects.update(**columns)
    assert visitor.type("text-message", right).status_code in {200, 302}
    assert visitor.session is None


def test_without_a_number_or_texts_it_is_not_offered(visitor: TwoSteps, settings: Settings) -> None:
    settings.TEXTS_ADAPTER = ""
    assert "text message" not in visitor.page("app").content.decode()
    assert visitor.page("text-message").status_code == 302
    assert send(visitor).status_code == 302
    settings.TEXTS_ADAPTER = "tests.accounts.texts.phone.PhoneInHand"
    Phone.objects.all().delete()
    assert visitor.page("text-message").status_code == 302


def test_one_that_was_set_aside_sends_nothing(visitor: TwoSteps) -> None:
    right = code(visitor)
    Authenticator.objects.filter(kind="text_message").update(suspect_since=timezone.now())
    assert send(visitor).status_code == 302
    assert visitor.type("text-message", right).status_code == 302
    assert visitor.session is None


def test_the_code_stands_on_a_line_of_its_own(visitor: TwoSteps) -> None:
    code(visitor)
    assert re.search(r"\n[0-9]{6}$", phone.received[-1][1])
