"""Making recovery codes."""

import re

import pytest

from accounts.models import AuditEvent, Authenticator, NumberedCode, Session
from tests.accounts.mfa.owner import WAYS, Owner, asks_to_sign_in
from tests.factories import ways

pytestmark = pytest.mark.django_db

PAGE = f"{WAYS}/recovery-codes"


def _owner() -> Owner:
    owner = Owner()
    owner.sign_in(ways.app(owner.account))
    return owner


def test_ten_codes_are_shown_once_and_stored_as_hashes() -> None:
    owner = _owner()
    assert not NumberedCode.objects.exists()
    assert owner.get(PAGE).status_code == 200
    page = owner.client.post(PAGE)
    codes = re.findall(r"[A-Z0-9]{5}-[A-Z0-9]{5}", page.content.decode())
    assert len(set(codes)) == 10
    assert page["Cache-Control"] == "no-store"
    stored = " ".join(NumberedCode.objects.values_list("code_hash", flat=True))
    assert not any(code.replace("-", "") in stored for code in codes)
    assert codes[0] not in owner.get(PAGE).content.decode()


def test_new_codes_take_the_place_of_earlier_ones() -> None:
    owner = _owner()
    owner.client.post(PAGE)
    first = Authenticator.objects.get(kind="recovery_codes").pk
    assert "Your earlier recovery codes stop working" in owner.get(PAGE).content.decode()
    owner.client.post(PAGE)
    assert Authenticator.objects.get(kind="recovery_codes").pk != first
    assert NumberedCode.objects.count() == 10
    removed = AuditEvent.objects.get(event="account:authenticator:removed")
    assert (removed.object_id, removed.reason) == (str(first), "replaced")


def test_a_session_rests_no_longer_on_codes_that_are_replaced() -> None:
    owner = _owner()
    owner.client.post(PAGE)
    way = Authenticator.objects.get(kind="recovery_codes")
    session = Session.objects.get(ended_at=None)
    proof = {"method": "recovery_code", "at": 1, "authenticator": str(way.pk)}
    Session.objects.filter(pk=session.pk).update(proofs=[*session.proofs, proof])
    owner.client.post(PAGE)
    session.refresh_from_db()
    assert str(way.pk) not in str(session.proofs)


def test_without_a_second_step_there_are_none() -> None:
    owner = Owner()
    assert "so you do not need them" in owner.get(PAGE).content.decode()
    assert owner.client.post(PAGE).status_code == 200
    assert not Authenticator.objects.exists()


def test_they_need_a_fresh_sign_in() -> None:
    owner = _owner()
    owner.grow_stale()
    assert asks_to_sign_in(owner.client.post(PAGE))
    assert not NumberedCode.objects.exists()
