"""The one way to make an account, as operators' commands and demonstrations use it."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from accounts.audit.actor import OPERATOR
from accounts.models import Account, AuditEvent, EmailAddress, OutboundMessage
from accounts.signup.operations import NoAccountMadeError, create_account
from accounts.signup.rules import Refusal
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def make(name: str = "ann@example.org", address: str = "ann@example.org", **more: Any) -> Account:
    return create_account(
        sign_in_name=name,
        full_name="Ann Example",
        address=address,
        password=PASSWORD,
        by=OPERATOR,
        **more,
    )


def test_an_account_has_a_name_a_confirmed_address_and_a_password() -> None:
    account = make()
    assert account.check_password(PASSWORD)
    assert account.password_changed_at is not None
    assert account.is_active
    assert EmailAddress.objects.get(account=account).is_primary


def test_its_making_is_recorded_and_mails_nobody() -> None:
    account = make()
    event = AuditEvent.objects.get(event="account:account:created")
    assert (event.account_id, event.actor_kind) == (account.pk, "operator")
    assert not OutboundMessage.objects.exists()


def test_a_sign_in_name_is_given_once_in_any_spelling() -> None:
    make()
    with pytest.raises(NoAccountMadeError) as refused:
        make("ANN@Example.org", "other@example.org")
    assert refused.value.reason is Refusal.NAME_TAKEN
    assert Account.objects.count() == 1
    assert EmailAddress.objects.count() == 1


def test_a_refusal_leaves_a_surrounding_transaction_usable() -> None:
    with transaction.atomic():
        make()
        with pytest.raises(NoAccountMadeError):
            make()
        make("ben.example")
    assert Account.objects.count() == 2


def test_an_address_has_five_accounts_at_most() -> None:
    for number in range(5):
        make(f"resident-{number}")
    with pytest.raises(NoAccountMadeError) as refused:
        make("resident-6")
    assert refused.value.reason is Refusal.ADDRESS_FULL
    assert Account.objects.count() == 5


def test_only_a_test_account_takes_claims() -> None:
    claims = {"phone_number": "020 7946 0001"}
    with pytest.raises(ValueError, match="test account"):
        make(claims=claims)
    made_up = make(test_group=uuid4(), claims=claims)
    assert (made_up.is_test, made_up.test_claims) == (True, claims)
