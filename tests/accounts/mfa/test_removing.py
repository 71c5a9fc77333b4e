"""Naming, keeping and removing ways to sign in."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts.assurance import Level
from accounts.audit.actor import resident
from accounts.models import Account, Authenticator, RememberedDevice, Session
from accounts.sessions.remembered.operations import remember
from tests.accounts import post
from tests.accounts.mfa.owner import WAYS, Owner, asks_to_sign_in
from tests.accounts.visitor import Response
from tests.factories import people, ways

pytestmark = pytest.mark.django_db


def _owner_with_app(**columns: object) -> Owner:
    owner = Owner()
    owner.sign_in(ways.app(owner.account, **columns))
    return owner


def _remove(owner: Owner, way: Authenticator) -> Response:
    return owner.client.post(f"{WAYS}/{way.pk}/remove")


def test_opening_the_page_removes_nothing() -> None:
    owner = _owner_with_app()
    app = Authenticator.objects.get()
    assert owner.get(f"{WAYS}/{app.pk}/remove").status_code == 200
    assert Authenticator.objects.exists()


def test_removing_ends_every_other_session_and_remembered_device() -> None:
    owner = _owner_with_app()
    other = people.session(owner.account)
    remember(account=owner.account, started_on="Firefox", by=resident(owner.account))
    assert _remove(owner, Authenticator.objects.get())["Location"] == WAYS
    assert not Authenticator.objects.exists()
    other.refresh_from_db()
    assert other.end_reason == "way_removed"
    assert not RememberedDevice.objects.filter(ended_at=None).exists()
    assert "A way to sign in was removed" in post.newest().text


def test_the_session_rests_no_longer_on_what_was_removed() -> None:
    owner = _owner_with_app()
    _remove(owner, Authenticator.objects.get())
    session = owner.session
    assert session is not None
    assert session.level == Level.ONE_FACTOR
    assert [proof["method"] for proof in session.proofs] == ["password"]


def test_recovery_codes_go_with_the_last_second_step_they_stand_beside() -> None:
    owner = _owner_with_app()
    ways.recovery_codes(owner.account)
    ways.sheet(owner.account)
    _remove(owner, Authenticator.objects.get(kind="app"))
    assert Authenticator.objects.filter(kind="recovery_codes").exists()
    codes = ways.app(owner.account)
    owner.sign_in(codes)
    _remove(owner, Authenticator.objects.get(kind="code_sheet"))
    owner.sign_in(codes)
    _remove(owner, Authenticator.objects.get(kind="app"))
    assert not Authenticator.objects.exists()


def _passkey_owner() -> tuple[Owner, Authenticator]:
    owner = Owner()
    passkey = ways.way(owner.account, "passkey")
    proofs = [{"method": "passkey", "at": 0, "authenticator": str(passkey.pk)}]
    Session.objects.filter(ended_at=None).update(proofs=proofs, level=Level.PHISHING_RESISTANT)
    Account.objects.update(password="!")
    return owner, passkey


def test_the_last_way_in_stays() -> None:
    owner, passkey = _passkey_owner()
    assert "your only way to sign in" in owner.get(f"{WAYS}/{passkey.pk}/remove").content.decode()
    response = _remove(owner, passkey)
    assert response.status_code == 409
    assert Authenticator.objects.exists()


def test_a_way_that_is_set_aside_is_no_way_in() -> None:
    owner, passkey = _passkey_owner()
    ways.way(owner.account, "passkey", suspect_since=timezone.now())
    assert _remove(owner, passkey).status_code == 409


def test_of_two_passkeys_one_may_go() -> None:
    owner, passkey = _passkey_owner()
    second = ways.way(owner.account, "passkey")
    assert _remove(owner, second).status_code == 302
    assert Authenticator.objects.get() == passkey


def test_a_new_way_of_a_one_factor_account_cannot_remove_others_for_a_day() -> None:
    owner = _owner_with_app(added_at_one_factor=True)
    app, sheet = Authenticator.objects.get(), ways.way(owner.account, "code_sheet")
    response = _remove(owner, sheet)
    assert response.status_code == 409
    assert "less than 24 hours ago" in response.content.decode()
    Authenticator.objects.filter(pk=app.pk).update(
        created_at=timezone.now() - timedelta(hours=24, minutes=1)
    )
    assert _remove(owner, sheet).status_code == 302


def test_a_new_way_may_remove_itself() -> None:
    owner = _owner_with_app(added_at_one_factor=True)
    assert _remove(owner, Authenticator.objects.get()).status_code == 302
    assert not Authenticator.objects.exists()


def test_what_a_new_way_added_is_as_new_as_it() -> None:
    owner = _owner_with_app(added_at_one_factor=True)
    owner.hidden(f"{WAYS}/code-sheet", "sheet")
    owner.client.post(f"{WAYS}/recovery-codes")
    assert Authenticator.objects.get(kind="recovery_codes").added_at_one_factor


def test_nobody_touches_anothers_way() -> None:
    owner = _owner_with_app()
    theirs = ways.way(people.account("bob@example.org"), "app")
    for what in ("remove", "name", "keep"):
        for way in (theirs.pk, uuid4()):
            path = f"{WAYS}/{way}/{what}"
            assert owner.get(path).status_code == 404
            assert owner.client.post(path, {"label": "mine"}).status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk, label="").exists()


def test_a_stale_or_weaker_sign_in_removes_nothing() -> None:
    owner = Owner()
    app = ways.way(owner.account, "app")
    assert asks_to_sign_in(_remove(owner, app))
    owner.sign_in(ways.app(owner.account))
    owner.grow_stale()
    assert asks_to_sign_in(_remove(owner, app))
    assert Authenticator.objects.count() == 2


def test_removing_twice_at_once_is_removing_once() -> None:
    owner = _owner_with_app()
    sheet = ways.way(owner.account, "code_sheet")
    assert _remove(owner, sheet).status_code == 302
    assert _remove(owner, sheet).status_code == 404


@pytest.mark.parametrize("label", ["Old tablet", "Tablette d’Élodie", "平板"])
def test_a_way_may_be_called_anything(label: str) -> None:
    owner = _owner_with_app()
    app = Authenticator.objects.get()
    response = owner.client.post(f"{WAYS}/{app.pk}/name", {"label": label})
    assert response["Location"] == WAYS
    assert label in owner.get(WAYS).content.decode()


@pytest.mark.parametrize("label", ["", " ", "x" * 61, "a\x00b"])
def test_a_name_has_bounds(label: str) -> None:
    owner = _owner_with_app()
    app = Authenticator.objects.get()
    page = owner.client.post(f"{WAYS}/{app.pk}/name", {"label": label})
    assert "Error:" in page.content.decode()
    assert Authenticator.objects.get().label == ""


def test_a_name_that_was_typed_outlives_a_new_sign_in() -> None:
    secret = None
    owner = Owner()
    secret = ways.app(owner.account)
    start = timezone.now()
    with time_machine.travel(start):
        owner.sign_in(secret)
        app = Authenticator.objects.get()
    with time_machine.travel(start + timedelta(minutes=20)):
        response = owner.client.post(f"{WAYS}/{app.pk}/name", {"label": "Blue phone"})
        assert asks_to_sign_in(response)
        flow = owner.get(response["Location"])["Location"].partition("flow=")[2]
        owner.submit("ann@example.org", flow=flow)
        values = {"flow": flow, "code": ways.code_of(secret)}
        back = owner.client.post("/sign-in/app", values)["Location"]
        assert "Blue" not in back
        assert 'value="Blue phone"' in owner.get(back).content.decode()


def test_a_way_that_is_set_aside_is_shown_apart_and_can_be_kept() -> None:
    owner = _owner_with_app()
    sheet = ways.way(owner.account, "code_sheet", label="KTM", suspect_since=timezone.now())
    assert "Are these yours?" in owner.get(WAYS).content.decode()
    assert owner.get(f"{WAYS}/{sheet.pk}/keep").status_code == 200
    sheet.refresh_from_db()
    assert sheet.suspect_since is not None
    assert owner.client.post(f"{WAYS}/{sheet.pk}/keep")["Location"] == WAYS
    sheet.refresh_from_db()
    assert sheet.suspect_since is None
