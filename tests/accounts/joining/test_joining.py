"""Joining two accounts, proved one beside the other in one browser."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.assurance import Method
from accounts.models import Account, AuditEvent, EmailAddress, PendingSignIn, Session
from tests import factories
from tests.accounts import post
from tests.accounts.safety.resident import Resident, old_way, weak
from tests.factories import PASSWORD
from tests.factories.ways import recovery_codes

pytestmark = pytest.mark.django_db
START = "/account/join"
OTHER = "ann@work.example"


@pytest.fixture
def ann() -> Resident:
    return weak("ann@example.org")


@pytest.fixture
def other() -> Account:
    return factories.account(OTHER, password=PASSWORD)


def prove(resident: Resident, name: str = OTHER) -> str:
    """Sign in to the other account beside this one; return the page that it leads to."""
    page = str(resident.post(START)["Location"])
    answer = resident.submit(name, flow=page.partition("flow=")[2])
    return str(answer["Location"])


def statuses() -> dict[str, str]:
    return dict(Account.objects.values_list("sign_in_name", "status"))


def test_the_first_session_goes_on_while_the_other_account_is_proved(
    ann: Resident, other: Account
) -> None:
    before = ann.cookie
    page = prove(ann)
    assert page.startswith("/account/join/choose?flow=")
    assert ann.cookie == before
    assert ann.session == ann.signed_in
    assert not Session.objects.filter(account=other).exists()
    assert OTHER in ann.get(page).text


def test_the_other_one_is_closed_and_this_one_goes_on(ann: Resident, other: Account) -> None:
    theirs = factories.session(other)
    answer = ann.post(prove(ann), keep="this")
    assert answer["Location"] == "/account/join/done"
    assert statuses() == {"ann@example.org": "active", OTHER: "closed"}
    theirs.refresh_from_db()
    other.refresh_from_db()
    assert theirs.end_reason == "account_closed"
    assert other.joined_into == ann.account
    assert "No service knew you by it" in ann.get("/account/join/done").text


def test_this_one_is_closed_and_the_other_goes_on(ann: Resident, other: Account) -> None:
    ann.post(prove(ann), keep="other")
    assert statuses() == {"ann@example.org": "closed", OTHER: "active"}
    assert ann.session is None
    ann.submit("ann@example.org")
    assert ann.session is None
    ann.submit(OTHER)
    assert Session.objects.filter(account=other, ended_at=None).exists()


def test_both_owners_are_told_where_they_were_reached_before(ann: Resident, other: Account) -> None:
    ann.post(prove(ann), keep="this")
    told = {letter.to: letter.text for letter in post.letters()}
    assert "closed and joined" in told[OTHER]
    assert "was joined to yours" in told["ann@example.org"]
    del other


def test_a_password_alone_takes_no_address_along(ann: Resident, other: Account) -> None:
    ann.post(prove(ann), keep="this")
    assert EmailAddress.objects.get(address=OTHER).account == other


def test_a_way_added_today_by_a_password_alone_takes_no_address_along(
    ann: Resident, other: Account
) -> None:
    """Else a thief who knows the password adds an app, and takes the mailbox's good name."""
    app, new_app = old_way(ann.account), factories.way(other, "app", added_at_one_factor=True)
    prove_by_two(Resident(ann.account, ways=(app,)), other, str(new_app.pk))
    assert statuses()[OTHER] == "closed"
    assert EmailAddress.objects.get(address=OTHER).account == other


def test_two_accounts_proved_by_two_things_bring_their_addresses_together(
    ann: Resident, other: Account
) -> None:
    app, other_app = old_way(ann.account), old_way(other)
    factories.email_address(
        other, "unsafe@example.org", is_primary=False, unsafe_since=timezone.now()
    )
    page = prove_by_two(Resident(ann.account, ways=(app,)), other, str(other_app.pk))
    assert set(EmailAddress.objects.filter(account=ann.account).values_list("address")) == {
        ("ann@example.org",),
        (OTHER,),
    }
    assert EmailAddress.objects.get(account=ann.account, is_primary=True).address != OTHER
    del page
    assert "closed and joined" in {letter.to: letter.text for letter in post.letters()}[OTHER]


def test_a_recovery_code_closes_no_account(ann: Resident, other: Account) -> None:
    """Whoever found the codes in a drawer, and knows the password, changes nothing by them."""
    old_way(other)
    code = recovery_codes(other)[0]
    second_step = prove(ann)
    flow = second_step.partition("flow=")[2]
    page = ann.post("/sign-in/recovery-code", flow=flow, code=code)["Location"]
    for keep in ("this", "other"):
        assert ann.post(page, keep=keep).status_code == 403
    assert "not enough to close an account" in ann.get(page).text
    assert set(statuses().values()) == {"active"}


def test_a_password_that_was_said_to_be_a_strangers_joins_nothing(
    ann: Resident, other: Account
) -> None:
    page = prove(ann)
    Account.objects.filter(pk=other.pk).update(password_suspect_since=timezone.now())
    assert ann.post(page, keep="other").status_code == 403
    assert statuses()[OTHER] == "active"


def test_a_mailbox_of_both_is_not_a_shared_one_afterwards(ann: Resident) -> None:
    """Else nobody could choose a new password by mail for the account that goes on."""
    second = factories.account("ann@example.org", sign_in_name="ann.second", password=PASSWORD)
    ann.post(prove(ann, "ann.second"), keep="this")
    assert EmailAddress.objects.get(address="ann@example.org").account == ann.account
    assert not second.email_addresses.exists()
    texts = [letter.text for letter in post.letters() if letter.to == "ann@example.org"]
    assert any("closed and joined" in text for text in texts)
    ann.client.post("/reset-password", {"sign_in_name": "ann@example.org"})
    assert post.newest().path("/reset-password/")


def prove_by_two(resident: Resident, other: Account, way: str) -> str:
    resident.post(START)
    now = int(timezone.now().timestamp())
    flow = PendingSignIn.objects.get(beside=resident.signed_in)
    flow.account, flow.proved_at, flow.done_at = other, timezone.now(), timezone.now()
    flow.password_changed_at = other.password_changed_at
    flow.proofs = [
        {"method": Method.PASSWORD, "at": now},
        {"method": Method.APP, "at": now, "authenticator": way},
    ]
    flow.save()
    page = f"{START}/choose?flow={flow.pk}"
    assert resident.post(page, keep="this").status_code == 303
    return page


def test_the_same_account_twice_is_no_other(ann: Resident) -> None:
    page = ann.get(prove(ann, "ann@example.org"))
    assert page.status_code == 403
    assert "already" in page.text


def test_an_account_that_is_frozen_or_held_is_not_joined(ann: Resident, other: Account) -> None:
    page = prove(ann)
    for columns in ({"status": "suspended"}, {"changes_held_until": soon()}):
        Account.objects.filter(pk=other.pk).update(**columns)
        assert ann.post(page, keep="this").status_code == 403
        Account.objects.filter(pk=other.pk).update(status="active", changes_held_until=None)
    assert statuses()[OTHER] == "active"


def soon() -> object:
    return timezone.now() + timedelta(hours=1)


@pytest.mark.parametrize(
    "change",
    [
        {"proofs": [{"method": "password", "at": 1}]},
        {"password_changed_at": timezone.now()},
        {"proofs": [{"method": "app", "at": 1, "authenticator": "0" * 32}]},
    ],
)
def test_a_proof_that_counts_no_more_joins_nothing(
    ann: Resident, other: Account, change: dict[str, object]
) -> None:
    page = prove(ann)
    PendingSignIn.objects.filter(beside=ann.signed_in).update(**change)
    assert ann.post(page, keep="this").status_code == 403
    assert statuses()[OTHER] == "active"
    del other


def test_whoever_took_long_over_the_others_second_step_joins_them_all_the_same(
    ann: Resident, other: Account
) -> None:
    page = prove(ann)
    hour_ago = timezone.now() - timedelta(hours=1)
    PendingSignIn.objects.filter(beside=ann.signed_in).update(proved_at=hour_ago)
    assert ann.post(page, keep="this")["Location"] == "/account/join/done"
    del other


def test_whoever_has_to_sign_in_again_meanwhile_goes_on_where_they_were(
    ann: Resident, other: Account
) -> None:
    page = prove(ann)
    Session.objects.update(signed_in_at=timezone.now() - timedelta(minutes=16))
    again = str(ann.post(page, keep="this")["Location"])
    sign_in = str(ann.get(again)["Location"])
    back = ann.submit("ann@example.org", flow=sign_in.partition("flow=")[2])
    assert back["Location"].startswith(page)
    assert ann.post(page, keep="this")["Location"] == "/account/join/done"
    del other


def test_a_proof_of_another_browser_or_session_or_none_leads_to_the_start(
    ann: Resident, other: Account
) -> None:
    page = prove(ann)
    elsewhere = Resident(ann.account)
    for resident, address in (
        (elsewhere, page),
        (ann, f"{START}/choose"),
        (ann, f"{START}/choose?flow=%00"),
        (ann, f"{START}/choose?flow={'a' * 43}"),
        (ann, f"{START}/choose?flow={ann.begin()}"),
    ):
        assert resident.post(address, keep="other")["Location"] == START
    assert set(statuses().values()) == {"active"}
    del other


@pytest.mark.usefixtures("other")
def test_an_empty_choice_is_asked_again(ann: Resident) -> None:
    assert "Choose the account that you want to keep" in ann.post(prove(ann)).text
    assert statuses()[OTHER] == "active"


def test_the_join_is_recorded_for_both(ann: Resident, other: Account) -> None:
    ann.post(prove(ann), keep="this")
    closed = AuditEvent.objects.get(event="account:account:closed")
    joined = AuditEvent.objects.get(event="account:account:joined")
    assert (closed.account_id, joined.account_id) == (other.pk, ann.account.pk)


def test_the_guide_names_the_services_of_the_closed_account(ann: Resident, other: Account) -> None:
    service = factories.application(name="Parking permits", home_url="https://parking.example")
    agreement = factories.consent(other, service)
    ann.post(prove(ann), keep="this")
    page = ann.get("/account/join/done").text
    assert "Parking permits" in page
    assert "https://parking.example" in page
    agreement.refresh_from_db()
    assert agreement.account == other


def test_nobody_is_pointed_to_it_on_the_ways_of_a_shared_mailbox(ann: Resident) -> None:
    factories.account("ann@example.org", sign_in_name="ben.example", password=PASSWORD)
    for path in ("/account", "/sign-up", "/sign-in", "/account/safe-contact"):
        assert START not in ann.client.get(path, follow=True).text


def test_whoever_reads_a_mailbox_alone_finds_it(ann: Resident) -> None:
    assert f'href="{START}"' in ann.get("/account").text
