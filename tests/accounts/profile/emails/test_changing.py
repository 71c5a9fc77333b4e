"""Adding an address and changing the main one, confirmed at both."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.assurance import Level
from accounts.models import Account, AuditEvent
from tests import factories
from tests.accounts import post
from tests.accounts.profile.emails.resident import NEW, OLD, Resident, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Resident:
    return Resident()


def test_an_address_more_is_confirmed_by_the_code_sent_there(ann: Resident) -> None:
    page = ann.ask("add")
    letter = post.newest()
    assert letter.to == NEW
    response = ann.post(page, code=letter.code)
    assert response["Location"] == f"{page}"
    assert ann.get(page)["Location"].startswith("/account/emails?done=")
    assert ann.addresses() == [OLD, NEW]
    assert "You added an email address" in text(ann.get(ann.get(page)["Location"]))


def test_every_other_address_is_told_of_an_address_more(ann: Resident) -> None:
    ann.post(ann.ask("add"), code=post.newest().code)
    told = {letter.to for letter in post.letters() if letter.subject.startswith("About the safety")}
    assert told == {OLD, NEW}


def test_the_main_address_changes_when_both_mailboxes_were_read(ann: Resident) -> None:
    page = ann.ask(sign_in_name="no")
    ann.post(page, code=post.newest().code)
    assert ann.addresses() == [OLD]
    assert "Check your old email" in text(ann.get(page))
    letter = post.newest()
    assert letter.to == OLD
    ann.post(page, code=letter.code)
    assert ann.addresses() == [NEW]
    assert Account.objects.get().sign_in_name == OLD


def test_the_code_of_one_mailbox_does_not_do_for_the_other(ann: Resident) -> None:
    page = ann.ask(sign_in_name="no")
    code = post.newest().code
    ann.post(page, code=code)
    post.send()
    ann.post(page, code=code)
    assert ann.addresses() == [OLD]


def test_the_sign_in_name_changes_with_the_address_on_request(ann: Resident) -> None:
    page = ann.ask(sign_in_name="yes")
    ann.post(page, code=post.newest().code)
    ann.post(page, code=post.newest().code)
    account = Account.objects.get()
    assert (account.sign_in_name, account.sign_in_key) == (NEW, NEW)
    assert f"You sign in with {NEW}" in text(ann.get(ann.get(page)["Location"]))


@pytest.mark.parametrize("other", ["name", "address"])
def test_a_name_that_somebody_else_goes_by_is_not_taken(ann: Resident, other: str) -> None:
    page = ann.ask(sign_in_name="yes")
    ann.post(page, code=post.newest().code)
    if other == "name":
        factories.account("bob@example.org", sign_in_name=NEW)
    else:
        factories.account(NEW, sign_in_name="bob")
    ann.post(page, code=post.newest().code)
    ann.account.refresh_from_db()
    assert ann.addresses() == [NEW]
    assert ann.account.sign_in_name == OLD


def test_whoever_signs_in_with_a_name_of_their_own_is_not_asked_about_it() -> None:
    account = factories.account(OLD, password=factories.PASSWORD, sign_in_name="ann")
    resident = Resident(account)
    assert "sign in with the new address" not in text(resident.get("/account/emails/change"))
    resident.ask()


def test_another_address_becomes_the_main_one_and_the_first_stays(ann: Resident) -> None:
    other = factories.email_address(ann.account, NEW, is_primary=False)
    response = ann.post(f"/account/emails/{other.pk}/make-main")
    page = response["Location"]
    ann.post(page, code=post.newest().code)
    ann.post(page, code=post.newest().code)
    assert ann.addresses() == [NEW, OLD]


def test_a_link_confirms_and_the_owner_brings_it_about(ann: Resident) -> None:
    page = ann.ask("add")
    link = post.newest().path("/email-change/confirm/")
    elsewhere = Resident(factories.account(password=factories.PASSWORD))
    elsewhere.post(link, decision="confirm")
    assert "Confirmed: go back" in text(elsewhere.get(link))
    assert ann.addresses() == [OLD]
    assert ann.get(f"{page}/status?stage=new_address").json() == {"standing": "confirmed"}
    ann.post(page, code="")
    assert ann.addresses() == [OLD]
    assert "Use the new email address" in text(ann.get(page))
    ann.post(page, decision="use")
    assert ann.addresses() == [OLD, NEW]


def test_where_the_old_mailbox_is_lost_the_change_waits(ann: Resident) -> None:
    page = ann.ask(sign_in_name="no")
    ann.post(page, code=post.newest().code)
    assert "from" in text(ann.get(f"{page}/cannot-read"))
    ann.post(f"{page}/cannot-read")
    opens = timezone.localtime(ann.change().opens_at)
    words = f"{opens:%-I:%M}{opens:%p}".lower() + f" on {opens:%-d %B %Y}"
    assert words in text(ann.get(page))
    assert words in text(ann.get("/account/emails"))
    letter = post.newest()
    assert (letter.to, words in letter.text.replace("\n", " ")) == (OLD, True)
    ann.post(page, decision="use")
    assert ann.addresses() == [OLD]


def test_the_wait_over_its_owner_brings_it_about_with_a_fresh_sign_in(ann: Resident) -> None:
    page = ann.ask(sign_in_name="no")
    ann.post(page, code=post.newest().code)
    ann.post(f"{page}/cannot-read")
    later = timezone.now() + settings.EMAIL_CHANGE_WAIT
    with time_machine.travel(later - timedelta(minutes=1)):
        ann.submit(OLD)
        ann.post(page, decision="use")
        assert ann.addresses() == [OLD]
    with time_machine.travel(later + timedelta(minutes=1)):
        ann.submit(OLD)
        ann.post(page, decision="use")
    assert ann.addresses() == [NEW]


def test_an_unsafe_main_address_is_told_and_asked_nothing() -> None:
    account = factories.account(OLD, password=factories.PASSWORD)
    account.email_addresses.update(unsafe_since=timezone.now())
    ann = Resident(account)
    page = ann.ask(sign_in_name="no")
    ann.post(page, code=post.newest().code)
    assert ann.get(page)["Location"] == f"{page}/cannot-read"
    ann.post(f"{page}/new-code")
    ann.post(f"{page}/cannot-read")
    with time_machine.travel(timezone.now() + settings.EMAIL_CHANGE_WAIT + timedelta(minutes=1)):
        ann.submit(OLD)
        ann.post(page, decision="use")
    assert ann.addresses() == [NEW]
    assert OLD not in {letter.to for letter in post.letters()}


def test_a_way_added_today_by_a_password_alone_spares_nobody_that_wait() -> None:
    account = factories.account(OLD, password=factories.PASSWORD)
    account.email_addresses.update(unsafe_since=timezone.now())
    ann = Resident(account)
    way = factories.way(account, "app", added_at_one_factor=True)
    session = ann.session
    assert session is not None
    proof = {"method": "app", "at": 1, "authenticator": str(way.pk)}
    session.proofs, session.level = [*session.proofs, proof], Level.TWO_FACTORS
    session.save()
    page = ann.ask(sign_in_name="no")
    ann.post(page, code=post.newest().code)
    assert ann.get(page)["Location"] == f"{page}/cannot-read"
    assert ann.addresses() == [OLD]


def test_removing_an_address_takes_it_and_tells_it(ann: Resident) -> None:
    other = factories.email_address(ann.account, NEW, is_primary=False)
    response = ann.post(f"/account/emails/{other.pk}/remove")
    assert response["Location"] == "/account/emails?done=removed"
    assert ann.addresses() == [OLD]
    assert {letter.to for letter in post.letters()} == {OLD, NEW}


def test_nothing_is_announced_to_an_unsafe_address_that_is_removed(ann: Resident) -> None:
    other = factories.email_address(ann.account, NEW, is_primary=False, unsafe_since=timezone.now())
    ann.post(f"/account/emails/{other.pk}/remove")
    assert {letter.to for letter in post.letters()} == {OLD}


def test_a_new_code_makes_the_older_ones_void(ann: Resident) -> None:
    page = ann.ask("add")
    first = post.newest().code
    assert ann.post(f"{page}/new-code")["Location"] == f"{page}?again=yes"
    second = post.newest().code
    if first != second:
        ann.post(page, code=first)
        assert ann.addresses() == [OLD]
    ann.post(page, code=second)
    assert ann.addresses() == [OLD, NEW]


def test_a_change_can_be_cancelled_and_another_one_begun(ann: Resident) -> None:
    page = ann.ask("add")
    ann.post(f"{page}/cancel")
    assert ann.get(page).status_code == 404
    again = ann.ask("add")
    latest = ann.ask("add", email="third@example.org")
    assert ann.get(again).status_code == 404
    assert ann.get(latest).status_code == 200


def test_every_step_is_recorded_without_an_address(ann: Resident) -> None:
    page = ann.ask(sign_in_name="yes")
    ann.post(page, code=post.newest().code)
    ann.post(page, code=post.newest().code)
    events = AuditEvent.objects.filter(event__startswith="account:email").order_by("pk")
    assert [event.event for event in events] == [
        "account:email_change:requested",
        "account:email_change:confirmed",
        "account:email_change:confirmed",
        "account:email:made_main",
    ]
    assert "@" not in str(list(AuditEvent.objects.values()))
