"""A member of the organisation signs in as a test resident without typing what they know anyway."""

import re

import pytest

from accounts.models import Account, Session
from clients.models import Member, Organisation, TestResident
from clients.test_residents.cast import Situation
from tests import factories
from tests.accounts.visitor import Response
from tests.protocol.resident import Resident, path
from tests.protocol.sandbox.cast import SHARING, SIGN_IN, Cast

pytestmark = pytest.mark.django_db
CHOICE = "/authorize/test-resident"


def _join(cast: Cast, role: str = Member.Role.DEVELOPER) -> None:
    factories.member(cast.ann, of=cast.trust, role=Member.Role(role))


def _hidden(page: Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def _choose(browser: Resident, page: Response, resident: object, **more: str) -> Response:
    values = {
        "csrfmiddlewaretoken": _hidden(page, "csrfmiddlewaretoken"),
        "request": _hidden(page, "request"),
        "step": _hidden(page, "step"),
        "resident": str(resident),
        **more,
    }
    return browser.client.post(CHOICE, values, follow=True)


def _maya(cast: Cast) -> int:
    return TestResident.objects.get(organisation=cast.trust, situation=Situation.ORDINARY).pk


@pytest.fixture
def cast() -> Cast:
    trust = factories.organisation(name="Riverside Trust")
    other = factories.organisation()
    ann = factories.account("ann@example.org", password=factories.PASSWORD)
    sandbox, live = factories.sandbox(of=trust), factories.application(of=trust)
    return Cast(trust, sandbox, live, ann, ann, factories.test_resident(other))


def test_a_member_chooses_and_stays_signed_in_as_themselves(cast: Cast, ann: Resident) -> None:
    _join(cast)
    page = ann.ask(cast.sandbox)
    assert path(page) == CHOICE
    shared = _choose(ann, page, _maya(cast))
    assert path(shared) == SHARING
    assert "Maya Example" in shared.content.decode()
    assert ann.client.get("/account").status_code == 200
    signed_in = Session.objects.filter(account__is_test=True, ended_at=None).get()
    assert signed_in.level == 2


@pytest.mark.parametrize("role", [None, Member.Role.VIEWER])
def test_nobody_else_is_offered_a_choice(cast: Cast, ann: Resident, role: str | None) -> None:
    if role:
        _join(cast, role)
    assert path(ann.ask(cast.sandbox)) == SIGN_IN


def test_nor_is_a_member_of_another_organisation(cast: Cast, ann: Resident) -> None:
    factories.member(cast.ann)
    assert path(ann.ask(cast.sandbox)) == SIGN_IN


def test_a_live_application_offers_none(cast: Cast, ann: Resident) -> None:
    _join(cast)
    assert path(ann.ask(cast.live)) != CHOICE
    assert not TestResident.objects.exists()


def test_whoever_is_not_signed_in_as_themselves_types_all(cast: Cast) -> None:
    _join(cast)
    assert path(Resident().ask(cast.sandbox)) == SIGN_IN


def test_whoever_was_shown_out_meanwhile_chooses_nobody(cast: Cast, ann: Resident) -> None:
    _join(cast)
    page, maya = ann.ask(cast.sandbox), None
    maya = _maya(cast)
    Member.objects.all().delete()
    assert path(_choose(ann, page, maya)) == SIGN_IN
    assert not Session.objects.filter(account__is_test=True).exists()


def test_a_session_that_ended_meanwhile_chooses_nobody(cast: Cast, ann: Resident) -> None:
    _join(cast)
    page = ann.ask(cast.sandbox)
    Session.objects.update(ended_at=cast.ann.created_at)
    assert path(_choose(ann, page, _maya(cast))) == SIGN_IN
    assert not Session.objects.filter(account__is_test=True).exists()


@pytest.mark.parametrize("resident", ["", "x", "0", "999999"])
def test_who_is_not_there_is_not_chosen(cast: Cast, ann: Resident, resident: str) -> None:
    _join(cast)
    answer = _choose(ann, ann.ask(cast.sandbox), resident)
    assert "Choose as whom to sign in" in answer.content.decode()
    assert "Error:" in answer.content.decode()


def test_another_organisations_test_resident_is_not_chosen(cast: Cast, ann: Resident) -> None:
    _join(cast)
    other = TestResident.objects.exclude(organisation=cast.trust).first()
    number = other.pk if other else _of(cast.stranger)
    _choose(ann, ann.ask(cast.sandbox), number)
    assert not Session.objects.filter(account__is_test=True).exists()


def _of(account: Account) -> int:
    assert account.test_group is not None
    organisation = Organisation.objects.get(pk=account.test_group)
    row = TestResident.objects.create(
        organisation=organisation, account=account, situation=Situation.ORDINARY, password=""
    )
    return row.pk


def test_a_form_from_another_page_chooses_nobody(cast: Cast, ann: Resident) -> None:
    _join(cast)
    page = ann.ask(cast.sandbox)
    assert path(_choose(ann, page, _maya(cast), step="forged")) == CHOICE
    assert not Session.objects.filter(account__is_test=True).exists()


def test_who_wants_to_type_may(cast: Cast, ann: Resident) -> None:
    _join(cast)
    page = ann.ask(cast.sandbox)
    assert path(_choose(ann, page, "", decision="type")) == SIGN_IN


def test_one_whose_account_is_frozen_meets_what_a_frozen_resident_meets(
    cast: Cast, ann: Resident
) -> None:
    _join(cast)
    page = ann.ask(cast.sandbox)
    grace = TestResident.objects.get(situation=Situation.FROZEN)
    assert path(_choose(ann, page, grace.pk)) == "/sign-in/frozen"


def test_prompt_none_offers_no_page(cast: Cast, ann: Resident) -> None:
    _join(cast)
    answer = ann.ask(cast.sandbox, prompt="none")
    assert "error=login_required" in answer["Location"]
