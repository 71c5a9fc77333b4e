"""Over a limit that strangers can fill, a mailed code lets the owner try passwords again."""

import pytest

from accounts.audit.events import Event
from accounts.limits.table import SIGN_IN_PROVED
from accounts.models import Account, AuditEvent, OutboundMessage, PendingSignIn
from tests.accounts import post
from tests.accounts.signin.mailed_code.guest import NAME, WRONG, Guest
from tests.factories import people

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("account")
def test_the_owner_gets_in_by_a_mailed_code_and_the_password() -> None:
    guest = Guest()
    assert "another way first" in guest.password().content.decode()
    assert guest.send().status_code == 302
    assert guest.code(post.newest().code)["Location"] == f"/sign-in?flow={guest.flow}"
    assert guest.password().status_code == 303
    assert guest.session is not None


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
    answers = [guest.password(password=WRONG) for _time in range(11)]
    answer = answers[-1]
    assert answer.status_code == 429
    assert "Send me a code" in answer.content.decode()
    guest.send()
    guest.code(post.newest().code)
    assert guest.password().status_code == 303


@pytest.mark.usefixtures("account")
def test_the_code_of_one_name_opens_no_other() -> None:
    people.account("bob@example.org", password=people.PASSWORD)
    guest = Guest()
    guest.send("bob@example.org")
    assert guest.code(post.newest().code).status_code == 302
    assert "another way first" in guest.password().content.decode()


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


def test_without_a_mail_the_page_leads_back_to_the_password() -> None:
    guest = Guest()
    path = f"/sign-in/mailed-code?flow={guest.flow}"
    assert guest.get(path)["Location"] == f"/sign-in?flow={guest.flow}"
    assert guest.code("123456")["Location"] == f"/sign-in?flow={guest.flow}"


@pytest.mark.parametrize(
    "values",
    [{}, {"sign_in_name": ""}, {"sign_in_name": "\x00"}, {"sign_in_name": "x" * 300}],
)
def test_a_broken_form_mails_nobody_and_leads_back(values: dict[str, str]) -> None:
    guest = Guest()
    answer = guest.client.post("/sign-in/send-code", {"flow": guest.flow, **values})
    assert answer["Location"] == f"/sign-in?flow={guest.flow}"
    assert not OutboundMessage.objects.exists()


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
