"""Made-up people are kept apart from real ones and from every role by the database itself."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Account, StaffRole
from tests import factories

pytestmark = pytest.mark.django_db


def _made_up() -> Account:
    return factories.account(is_test=True, test_group=uuid4())


def test_a_made_up_person_is_a_member_of_nothing() -> None:
    with pytest.raises(IntegrityError):
        factories.member(_made_up())


def test_a_membership_is_not_handed_to_a_made_up_person() -> None:
    member = factories.member(factories.account())
    member.account = _made_up()
    with pytest.raises(IntegrityError):
        member.save()


@pytest.mark.parametrize("role", StaffRole.Role)
def test_a_made_up_person_has_no_role_of_the_councils(role: StaffRole.Role) -> None:
    with pytest.raises(IntegrityError):
        StaffRole.objects.create(account=_made_up(), role=role)


def test_a_role_of_the_councils_is_handed_to_nobody_but_staff() -> None:
    role = factories.staff_member("approver").account.staff_roles.get()
    for nobody in (_made_up(), factories.account()):
        role.account = nobody
        with pytest.raises(IntegrityError), transaction.atomic():
            role.save()


def test_a_resident_has_no_role_of_the_councils_whoever_writes_it() -> None:
    with pytest.raises(IntegrityError):
        StaffRole.objects.create(account=factories.account(), role=StaffRole.Role.OWNER)


@pytest.mark.parametrize("change", [{"is_test": False, "test_group": None}, {"test_group": None}])
def test_made_up_people_stay_made_up(change: dict[str, object]) -> None:
    account = _made_up()
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(**change)
    assert Account.objects.get(pk=account.pk).test_group == account.test_group


def test_real_people_are_never_made_up() -> None:
    account = factories.account()
    with pytest.raises(IntegrityError):
        Account.objects.filter(pk=account.pk).update(is_test=True)


def test_only_made_up_people_have_a_group() -> None:
    with pytest.raises(IntegrityError):
        factories.account(test_group=uuid4())
