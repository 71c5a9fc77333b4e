"""Staff accounts, residents' and made-up people's never turn into one another."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Account, Authenticator, EmailAddress, Session, StaffMember
from accounts.models.account import sign_in_key
from accounts.names.rules import name_problem
from accounts.profile.queries import find
from accounts.signin.queries import by_sign_in_key
from clients.models import Member
from tests import factories
from tests.accounts.staffing.desk import Desk, at_work
from tests.accounts.visitor import Response
from tests.factories.authenticators import SoftwareKey, key_of

pytestmark = pytest.mark.django_db


def _refused(write: Callable[..., object], **columns: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        write(**columns)


class TestTheDatabase:
    def test_nobody_becomes_staff_or_ceases_to_be(self) -> None:
        resident, member = factories.account(), factories.staff_member()
        rows = Account.objects.all()
        _refused(rows.filter(pk=resident.pk).update, staff_since=timezone.now())
        _refused(rows.filter(pk=member.pk).update, staff_since=None)
        _refused(rows.filter(pk=member.pk).update, is_test=True)
        _refused(
            StaffMember.objects.create, account=resident, work_email="a@b.c", work_email_key="a@b.c"
        )

    def test_nobody_made_up_is_staff(self) -> None:
        _refused(factories.account, is_test=True, test_group=uuid4(), staff_since=timezone.now())

    def test_staff_have_no_password_no_residents_address_and_no_other_way(self) -> None:
        account = factories.staff_member().account
        account.set_password("purple kettle marathon")
        _refused(account.save)
        _refused(factories.email_address, account=account, address="ada@council.example")
        for kind in Authenticator.Kind:
            if kind != Authenticator.Kind.PASSKEY:
                _refused(Authenticator.objects.create, account=account, kind=kind)
        assert not EmailAddress.objects.exists()

    def test_a_staff_account_is_a_member_of_nothing(self) -> None:
        member = factories.member(factories.account())
        account = factories.staff_member("approver").account
        _refused(factories.member, account=account, of=member.organisation)
        _refused(Member.objects.filter(pk=member.pk).update, account=account)


class TestAmongResidents:
    def test_no_resident_chooses_or_confirms_the_name_of_a_staff_account(self) -> None:
        member = factories.staff_member(address="ada@council.example")
        assert name_problem(member.account.sign_in_name) is not None
        assert sign_in_key("Ada@Council.example") != member.account.sign_in_key

    def test_their_name_is_nobodys_at_the_residents_sign_in(self) -> None:
        member = factories.staff_member(address="ada@council.example")
        for test_group in (None, uuid4()):
            assert by_sign_in_key(member.account.sign_in_key, test_group=test_group) is None

    def test_what_operators_do_with_residents_accounts_finds_none_of_theirs(self) -> None:
        member = factories.staff_member()
        assert find(str(member.pk)) is None
        assert find(member.account.sign_in_name) is None

    def test_a_key_of_staff_is_nobodys_at_the_residents_sign_in(self) -> None:
        member, desk = factories.staff_member(), Desk()
        key = key_of(member.account)
        flow = desk.begin()
        options = desk.client.post("/sign-in/passkey/options").json()
        answers = [
            desk.client.post("/sign-in", {"flow": flow, "passkey": key.get(options)}),
            _with_unknown_key(desk, flow),
        ]
        texts = [_errors(answer.content.decode()) for answer in answers]
        assert texts[0] == texts[1] != ""
        assert not Session.objects.exists()


class TestCookies:
    def test_a_staff_session_opens_no_page_of_an_account(self) -> None:
        member, desk = at_work("owner")
        cookie = desk.client.cookies[settings.STAFF_COOKIE_NAME].value
        for name in (settings.SIGNED_IN_COOKIE_NAME, settings.MADE_UP_COOKIE_NAME):
            desk.client.cookies[name] = cookie
        for page in ("/account", "/account/keys", "/account/copy", "/account/close", "/partners"):
            answer = desk.get(page)
            assert answer.status_code in {302, 404} or member.account.full_name not in str(
                answer.content
            )
        assert desk.get("/account")["Location"].startswith("/sign-in")
        assert desk.session is None

    def test_a_residents_session_opens_no_page_of_staff(self) -> None:
        desk = Desk()
        resident = factories.account()
        desk.sit_down(resident)
        for page in ("/staff", "/staff/keys", "/staff/keys/add"):
            assert desk.get(page)["Location"].startswith("/staff/sign-in")
        desk.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = desk.client.cookies[
            settings.STAFF_COOKIE_NAME
        ].value
        assert desk.get("/staff")["Location"].startswith("/staff/sign-in")

    def test_both_stand_beside_each_other_and_end_alone(self) -> None:
        member, desk = at_work()
        cookie = Desk()
        cookie.sit_down(factories.account(full_name="Rita Resident"))
        desk.client.cookies[settings.SIGNED_IN_COOKIE_NAME] = cookie.client.cookies[
            settings.STAFF_COOKIE_NAME
        ].value
        assert "Rita Resident" in desk.get("/account").content.decode()
        assert "Sam Staff" in desk.get("/staff").content.decode()
        desk.post("/staff/sign-out")
        assert desk.get("/staff").status_code == 302
        assert desk.get("/account").status_code == 200
        assert Session.objects.filter(account=member.pk, ended_at=None).count() == 0


def _with_unknown_key(desk: Desk, flow: str) -> Response:
    key = SoftwareKey(user_handle="bm9ib2R5")
    options = desk.client.post("/sign-in/passkey/options").json()
    return desk.client.post("/sign-in", {"flow": flow, "passkey": key.get(options)})


def _errors(page: str) -> str:
    return page.partition("govuk-error-summary__body")[2].partition("</div>")[0]
