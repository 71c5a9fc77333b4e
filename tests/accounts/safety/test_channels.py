"""Marking an address, phone or letterbox unsafe, and what stops by it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.audit.actor import OPERATOR
from accounts.mfa.queries import usable
from accounts.models import (
    Account,
    AuditEvent,
    EmailAddress,
    EmailChange,
    Letter,
    OutboundMessage,
    Phone,
    PostalAddress,
    RecoveryRequest,
)
from accounts.notices.catalogue import RESET_LINK, Template
from accounts.notices.operations import queue
from accounts.notices.queries import find_link
from accounts.notices.rules import LinkState
from accounts.safety import operations
from accounts.safety.channels import channels_of
from accounts.safety.operations import NotMarked, NotMarkedError
from tests import factories
from tests.accounts import post
from tests.accounts.safety.resident import strong, weak

pytestmark = pytest.mark.django_db
HOME = "ann@example.org"
WORK = "ann@work.example"


@pytest.fixture
def ann() -> Account:
    account = factories.account(HOME)
    factories.email_address(account, WORK, is_primary=False)
    return account


def key_of(account: Account, address: str) -> str:
    return f"email-{EmailAddress.objects.get(account=account, address=address).pk}"


def mark(account: Account, address: str = HOME, *, last_too: bool = False) -> None:
    key = key_of(account, address)
    operations.mark_unsafe(account=account, key=key, by=OPERATOR, last_too=last_too)


def told() -> list[str]:
    return [letter.to for letter in post.letters()]


def test_another_address_is_told_and_the_unsafe_one_is_not(ann: Account) -> None:
    mark(ann)
    assert told() == [WORK]


def test_another_address_becomes_the_main_one(ann: Account) -> None:
    mark(ann)
    assert EmailAddress.objects.get(account=ann, is_primary=True).address == WORK


def test_what_was_queued_for_it_is_dropped_and_links_sent_there_are_dead(ann: Account) -> None:
    queue(template=Template.PASSWORD_RESET, address=HOME, account=ann, language="en-gb")
    token = post.newest().path("/reset-password/").rpartition("/")[2]
    queue(template=Template.PASSWORD_RESET_DONE, address=HOME, account=ann, language="en-gb")
    mark(ann)
    assert set(told()) == {HOME, WORK}
    assert find_link(RESET_LINK, token).state is LinkState.EXPIRED
    assert OutboundMessage.objects.filter(state="dropped", address=HOME).count() == 1


def test_a_way_back_begun_from_there_is_over(ann: Account) -> None:
    request = RecoveryRequest.objects.create(
        account=ann, rung="known_password", state="waiting", mailbox_key=HOME
    )
    mark(ann)
    request.refresh_from_db()
    assert request.state == "cancelled"


def test_a_change_of_addresses_that_it_has_a_say_in_is_over(ann: Account) -> None:
    soon = timezone.now() + timedelta(days=7)
    pending = EmailChange.objects.create(
        account=ann, kind="replace", old_key=HOME, started_on="x", expires_at=soon
    )
    done = EmailChange.objects.create(
        account=ann, kind="remove", old_key=HOME, expires_at=soon, done_at=timezone.now()
    )
    mark(ann)
    pending.refresh_from_db()
    done.refresh_from_db()
    assert pending.cancelled_at is not None
    assert done.expires_at <= timezone.now()


def test_the_last_safe_address_cannot_go_but_staff_may_insist(ann: Account) -> None:
    mark(ann)
    with pytest.raises(NotMarkedError) as refused:
        mark(ann, WORK)
    assert refused.value.reason is NotMarked.LAST_SAFE_ADDRESS
    mark(ann, WORK, last_too=True)
    assert not EmailAddress.objects.filter(account=ann, unsafe_since=None).exists()


def test_marking_it_safe_again_is_told_to_those_that_were_safe_all_along(ann: Account) -> None:
    mark(ann)
    post.letters()
    operations.mark_safe(account=ann, key=key_of(ann, HOME), by=OPERATOR)
    assert HOME not in told()
    assert EmailAddress.objects.filter(account=ann, unsafe_since=None).count() == 2


def test_a_phone_number_is_shown_as_people_here_write_it(ann: Account) -> None:
    Phone.objects.create(account=ann, number="+447700900123", confirmed_at=timezone.now())
    assert [channel.shown for channel in channels_of(ann) if channel.key == "phone"] == [
        "07700 900123"
    ]


def test_an_unsafe_phone_is_no_way_to_sign_in(ann: Account) -> None:
    Phone.objects.create(account=ann, number="+442079460000", confirmed_at=timezone.now())
    factories.way(ann, "text_message")
    factories.way(ann, "app")
    operations.mark_unsafe(account=ann, key="phone", by=OPERATOR)
    assert [way.kind for way in usable(ann)] == ["app"]


def test_no_letter_goes_to_an_unsafe_letterbox_and_none_on_its_way_opens_anything(
    ann: Account,
) -> None:
    PostalAddress.objects.create(account=ann, lines="1 High Street", postcode="CR0 1AA")
    recovery = RecoveryRequest.objects.create(account=ann, rung="post", mailbox_key=WORK)
    letter = Letter.objects.create(account=ann, kind="recovery_code", language="en-gb")
    operations.mark_unsafe(account=ann, key="address", by=OPERATOR)
    letter.refresh_from_db()
    recovery.refresh_from_db()
    assert (letter.state, recovery.state) == ("dropped", "cancelled")


def test_marking_is_recorded_by_ids_alone(ann: Account) -> None:
    mark(ann)
    event = AuditEvent.objects.get(event="account:channel:marked_unsafe")
    assert (event.account_id, event.object_kind) == (ann.pk, "email")
    assert HOME not in str(event.detail) + event.object_id


def test_anothers_way_cannot_be_marked(ann: Account) -> None:
    ben = factories.account("ben@example.org")
    with pytest.raises(NotMarkedError) as refused:
        operations.mark_unsafe(account=ben, key=key_of(ann, HOME), by=OPERATOR)
    assert refused.value.reason is NotMarked.UNKNOWN


def test_the_pages_show_and_change_it() -> None:
    ann = strong(HOME)
    factories.email_address(ann.account, WORK, is_primary=False)
    page = f"/account/safe-contact/{key_of(ann.account, HOME)}"
    assert "Stop using ann@example.org?" in ann.get(page).text
    assert ann.post(page, wanted="unsafe").status_code == 302
    assert "We do not use this" in ann.get("/account/safe-contact").text
    ann.post(page, wanted="unsafe")
    assert "We do not use this" in ann.get("/account/safe-contact").text
    ann.post(page, wanted="safe")
    assert "We do not use this" not in ann.get("/account/safe-contact").text


def test_the_last_address_leads_to_the_guide() -> None:
    ann = strong(HOME)
    page = ann.post(f"/account/safe-contact/{key_of(ann.account, HOME)}", wanted="unsafe")
    assert page.status_code == 403
    assert "/account/someone-has-left" in page.text
    assert EmailAddress.objects.get(account=ann.account).unsafe_since is None


def test_whoever_has_only_the_password_cannot_mark_anything() -> None:
    thief = weak(HOME)
    factories.email_address(thief.account, WORK, is_primary=False)
    page = f"/account/safe-contact/{key_of(thief.account, HOME)}"
    for answer in (thief.get(page), thief.post(page, wanted="unsafe"), thief.post(page)):
        assert answer.status_code == 403
        assert "one thing only" in answer.text
    assert not EmailAddress.objects.exclude(unsafe_since=None).exists()


@pytest.mark.parametrize("key", ["email-0", "email-999999", "phone", "address", "x", "email-"])
def test_a_way_that_nobody_has_is_no_page(key: str) -> None:
    assert strong(HOME).get(f"/account/safe-contact/{key}").status_code == 404


def test_mails_can_be_made_to_give_nothing_away() -> None:
    ann = strong(HOME)
    ann.post("/account/safe-contact/discreet", discreet="yes")
    letter = post.newest()
    assert letter.subject == "A message for you"
    assert "Hide what they are about" in ann.get("/account/safe-contact").text
    assert "Choose yes or no" in ann.post("/account/safe-contact/discreet").text
    assert "discreet" in ann.get("/account/safe-contact/discreet").text
    ann.post("/account/safe-contact/discreet", discreet="no")
    ann.account.refresh_from_db()
    assert not ann.account.is_discreet
