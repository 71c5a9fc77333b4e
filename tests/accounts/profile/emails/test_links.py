"""What the links in mails about a change of addresses do, and until when."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings

from accounts.models import Account, AuditEvent, EmailAddress, EmailChange, Freeze, OutboundMessage
from tests import factories
from tests.accounts import post
from tests.accounts.profile.emails.resident import NEW, OLD, Resident
from tests.accounts.visitor import Visitor

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture
def ann() -> Resident:
    return Resident()


def link_to(address: str, kind: str) -> str:
    """Send what is queued and return the path of the newest link of this kind to the address."""
    mails = [letter for letter in post.letters() if letter.to == address]
    return next(mail for mail in reversed(mails) if f"/{kind}/" in mail.text).path(
        f"/email-change/{kind}/"
    )


def remove_other(ann: Resident) -> None:
    other = factories.email_address(ann.account, NEW, is_primary=False)
    ann.post(f"/account/emails/{other.pk}/remove")


def status(ann: Resident) -> str:
    return Account.objects.get(pk=ann.account.pk).status


def test_a_scanner_that_opens_every_link_changes_nothing(ann: Resident) -> None:
    page = ann.ask(sign_in_name="no")
    scanner, change = Visitor(), EmailChange.objects.get()
    confirm = link_to(NEW, "confirm")
    ann.post(page, code=post.newest().code)
    agree = link_to(OLD, "agree")
    ann.post(f"{page}/cannot-read")
    before = list(EmailChange.objects.values())
    for link in (confirm, agree, link_to(OLD, "stop")):
        scanner.get(link)
        scanner.client.head(link)
    assert list(EmailChange.objects.values()) == before
    assert not OutboundMessage.objects.exclude(used_at=None).exists()
    assert ann.session is not None
    del change


def test_links_at_both_addresses_confirm_and_the_owner_alone_brings_it_about(ann: Resident) -> None:
    page = ann.ask(sign_in_name="no")
    reader = Visitor()
    reader.client.post(link_to(NEW, "confirm"), {"decision": "confirm"})
    reader.client.post(link_to(OLD, "agree"), {"decision": "confirm"})
    assert reader.session is None
    assert ann.addresses() == [OLD]
    ann.post(page, decision="use")
    assert ann.addresses() == [NEW]


@pytest.mark.parametrize("decision", ["", "yes", "\x00"])
def test_an_empty_form_confirms_nothing(ann: Resident, decision: str) -> None:
    ann.ask("add")
    Visitor().client.post(link_to(NEW, "confirm"), {"decision": decision})
    assert EmailChange.objects.get().confirmed_at is None


def test_a_stranger_whose_address_was_typed_stops_the_change_and_nothing_else(
    ann: Resident,
) -> None:
    ann.ask("add")
    Visitor().client.post(link_to(NEW, "confirm"), {"decision": "refuse"})
    assert EmailChange.objects.get().cancelled_at is not None
    assert ann.session is not None


def test_the_reader_of_the_old_address_stops_it_and_signs_everybody_out(ann: Resident) -> None:
    page = ann.ask(sign_in_name="no")
    ann.post(page, code=post.newest().code)
    ann.post(f"{page}/cannot-read")
    Visitor().client.post(link_to(OLD, "stop"))
    assert EmailChange.objects.get().cancelled_at is not None
    assert ann.session is None
    assert ann.addresses() == [OLD]


@pytest.mark.parametrize("late", [timedelta(0), timedelta(hours=8)])
def test_an_address_that_was_removed_freezes_for_seven_days_and_not_a_second_more(
    late: timedelta,
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        ann = Resident()
        remove_other(ann)
        clock.shift(late)
        link = link_to(NEW, "object")
        clock.move_to(NOON + settings.OLD_EMAIL_LIFETIME)
        assert Visitor().get(link).status_code == 404
        Visitor().client.post(link)
        assert status(ann) == "active"
        clock.shift(-SECOND)
        assert Visitor().get(link).status_code == 200
        Visitor().client.post(link)
        assert status(ann) == "frozen"


def test_what_it_freezes_is_looked_into_and_it_gets_nothing_back(ann: Resident) -> None:
    remove_other(ann)
    link, reader = link_to(NEW, "object"), Visitor()
    reader.client.post(link)
    assert EmailChange.objects.get().disputed_at is not None
    assert AuditEvent.objects.filter(event="account:email_change:disputed").exists()
    assert ann.addresses() == [OLD]
    assert (reader.session, ann.session) == (None, None)
    assert "We will look at what happened" in reader.get(link).content.decode()


def test_it_freezes_once_and_cannot_undo_what_its_owner_unfroze(ann: Resident) -> None:
    remove_other(ann)
    link = link_to(NEW, "object")
    Visitor().client.post(link)
    Freeze.objects.update(ended_at=NOON)
    Account.objects.update(status="active")
    Visitor().client.post(link)
    assert status(ann) == "active"


def test_an_address_marked_unsafe_before_it_is_removed_has_no_such_right(ann: Resident) -> None:
    other = factories.email_address(ann.account, NEW, is_primary=False)
    EmailAddress.objects.filter(pk=other.pk).update(unsafe_since=NOON)
    ann.post(f"/account/emails/{other.pk}/remove")
    assert NEW not in {letter.to for letter in post.letters()}
