"""Staff look after their own keys."""

from uuid import uuid4

import pytest

from accounts.models import AuditEvent, Authenticator, Session
from tests import factories
from tests.accounts.post import letters
from tests.accounts.staffing.desk import ADD, Desk, at_work
from tests.factories.authenticators import SoftwareKey, encoded, key_of

pytestmark = pytest.mark.django_db


def _added(desk: Desk, key: SoftwareKey, label: str = "Blue key") -> None:
    answer = desk.post(ADD, label=label, passkey=key.make(desk.options(ADD, label=label)))
    assert answer["Location"] == "/staff/keys", answer.content.decode()


def test_a_second_key_is_asked_for_and_then_works() -> None:
    member, desk = factories.staff_member(), Desk()
    desk.use(key_of(member.account))
    for page in ("/staff", "/staff/keys"):
        assert "second key" in desk.get(page).content.decode()
    _added(desk, key := SoftwareKey())
    page = desk.get("/staff/keys").content.decode()
    assert "Blue key" in page
    assert "second key" not in page
    assert Desk().use(key).status_code == 303
    assert "keys of your staff account" in letters()[-1].subject


def test_the_last_key_stays() -> None:
    member, desk = factories.staff_member(), Desk()
    desk.use(key_of(member.account))
    only = Authenticator.objects.get()
    assert "Remove" not in desk.get("/staff/keys").content.decode().partition("<main")[2]
    answer = desk.post(f"/staff/keys/{only.pk}/remove")
    assert "You cannot remove your only key" in answer.content.decode()
    assert Authenticator.objects.count() == 1


def test_a_removed_key_opens_nothing_and_ends_what_is_signed_in_elsewhere() -> None:
    member, desk, elsewhere = factories.staff_member(), Desk(), Desk()
    lost, kept = key_of(member.account), key_of(member.account)
    elsewhere.use(lost)
    desk.use(kept)
    row = Authenticator.objects.get(passkey__credential_id=_id(lost))
    assert "You can no longer" in desk.get(f"/staff/keys/{row.pk}/remove").content.decode()
    assert desk.post(f"/staff/keys/{row.pk}/remove")["Location"] == "/staff/keys"
    assert elsewhere.get("/staff").status_code == 302
    assert desk.get("/staff").status_code == 200
    assert "did not let you in" in Desk().use(lost).content.decode()
    assert AuditEvent.objects.filter(event="account:authenticator:removed").count() == 1


def test_of_two_keys_removed_one_after_the_other_the_second_stays() -> None:
    member, desk = factories.staff_member(), Desk()
    desk.use(key_of(member.account))
    key_of(member.account)
    pages = [f"/staff/keys/{row.pk}/remove" for row in Authenticator.objects.order_by("created_at")]
    desk.post(pages[1])
    assert "only key" in desk.post(pages[0]).content.decode()
    assert Authenticator.objects.count() == 1


def test_nobody_touches_anybody_elses_key() -> None:
    _member, desk = at_work()
    for account in (factories.staff_member().account, factories.account()):
        key_of(account)
        key_of(account)
    for row in Authenticator.objects.all():
        assert desk.get(f"/staff/keys/{row.pk}/remove").status_code == 404
        assert desk.post(f"/staff/keys/{row.pk}/remove").status_code == 404
    assert desk.get(f"/staff/keys/{uuid4()}/remove").status_code == 404
    assert Authenticator.objects.count() == 4


def test_a_key_without_a_name_is_asked_for_one_and_one_that_is_no_key_is_not_added() -> None:
    _member, desk = at_work()
    assert desk.post(f"{ADD}/options", label="").status_code == 422
    assert "Enter a name" in desk.post(ADD, label="").content.decode()
    assert "Nothing was added" in desk.post(ADD, label="Blue", passkey="{}").content.decode()
    assert not Authenticator.objects.exists()
    assert Session.objects.count() == 1


def _id(key: SoftwareKey) -> str:
    return encoded(key.id)
