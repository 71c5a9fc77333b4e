"""Adding a printed sheet."""

import re
from unittest import mock

import pytest

from accounts.assurance import Level
from accounts.mfa.code_sheets import operations, rules
from accounts.models import AuditEvent, Authenticator, NumberedCode, Session
from tests.accounts.mfa.owner import WAYS, Owner
from tests.accounts.visitor import Response
from tests.factories import people, ways

pytestmark = pytest.mark.django_db

PAGE = f"{WAYS}/code-sheet"
CHECK = f"{PAGE}/check"


def _seed(owner: Owner, sealed: str) -> bytes:
    seed = operations.seed_in(owner.account, sealed)
    assert seed is not None
    return seed


def _add(owner: Owner, sealed: str) -> Response:
    seed = _seed(owner, sealed)
    code = rules.codes(seed)[rules.asked_first(seed) - 1]
    return owner.client.post(CHECK, {"sheet": sealed, "code": rules.shown(code)})


def test_the_sheet_shows_all_its_codes_once_and_stores_nothing() -> None:
    owner = Owner()
    page = owner.get(PAGE)
    sealed = re.search(r'name="sheet" value="([^"]+)"', page.content.decode())
    assert sealed is not None
    for code in rules.codes(_seed(owner, sealed[1])):
        assert rules.shown(code) in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert not NumberedCode.objects.exists()


def test_the_next_page_shows_no_code_and_asks_for_one() -> None:
    owner = Owner()
    sealed = owner.hidden(PAGE, "sheet")
    seed = _seed(owner, sealed)
    page = owner.client.post(CHECK, {"sheet": sealed}).content.decode()
    assert f"Code {rules.asked_first(seed)} of sheet {rules.name(seed)}" in page
    assert not any(rules.shown(code) in page for code in rules.codes(seed))
    assert "Error:" not in page


def test_a_right_code_adds_the_sheet_without_that_code() -> None:
    owner = Owner()
    sealed = owner.hidden(PAGE, "sheet")
    assert _add(owner, sealed)["Location"] == WAYS
    way = Authenticator.objects.get()
    assert way.label == rules.name(_seed(owner, sealed))
    assert NumberedCode.objects.filter(authenticator=way, used_at=None).count() == 59
    assert owner.session is not None
    assert owner.session.level == Level.TWO_FACTORS


@pytest.mark.parametrize("code", ["", "00000000", "1234567", "\uff11" * 8, "+1234567"])
def test_a_wrong_code_asks_again_for_the_same_sheet(code: str) -> None:
    owner = Owner()
    sealed = owner.hidden(PAGE, "sheet")
    page = owner.client.post(CHECK, {"sheet": sealed, "code": code}).content.decode()
    assert "Error:" in page
    assert f'value="{sealed}"' in page
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("sealed", ["", "x", "f1:y", "\x00"])
def test_without_a_sheet_there_is_nothing_to_check(sealed: str) -> None:
    owner = Owner()
    assert owner.get(CHECK)["Location"] == PAGE
    assert owner.client.post(CHECK, {"sheet": sealed, "code": "12345678"})["Location"] == PAGE


def test_sending_the_page_twice_adds_one_sheet() -> None:
    owner = Owner()
    sealed = owner.hidden(PAGE, "sheet")
    _add(owner, sealed)
    _add(owner, sealed)
    assert Authenticator.objects.count() == 1
    assert NumberedCode.objects.count() == 60


def test_a_new_sheet_takes_the_old_ones_place_and_the_session_goes_on() -> None:
    owner = Owner()
    codes = ways.sheet(owner.account, label="OLD")
    flow = owner.begin()
    owner.submit("ann@example.org", flow=flow)
    owner.client.post("/sign-in/code-sheet", {"flow": flow, "code": codes[0]})
    _add(owner, owner.hidden(PAGE, "sheet"))
    assert not Authenticator.objects.filter(label="OLD").exists()
    removed = AuditEvent.objects.get(event="account:authenticator:removed")
    assert removed.reason == "replaced"
    session = owner.session
    assert session is not None
    assert session.level == Level.TWO_FACTORS
    assert [proof["method"] for proof in session.proofs] == ["password", "code_sheet"]
    # Nothing that the session rests on is gone: it can be built on.
    used = session.proofs[1]["authenticator"]
    assert Authenticator.objects.filter(pk=used).exists()
    assert Session.objects.filter(ended_at=None).count() == 1


def test_a_new_sheet_never_bears_the_letters_of_one_that_its_owner_has() -> None:
    account = people.account("ann@example.org")
    twin, other = bytes(rules.SEED_BYTES), b"x" * rules.SEED_BYTES
    ways.way(account, "code_sheet", label=rules.name(twin))
    assert rules.name(twin) != rules.name(other)
    with mock.patch("accounts.mfa.code_sheets.operations.secrets") as drawn:
        drawn.token_bytes.side_effect = [twin, twin, other]
        sealed = operations.new_sheet(account)
    assert operations.seed_in(account, sealed) == other
