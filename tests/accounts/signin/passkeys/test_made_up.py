"""A passkey opens nothing where its owner is not known: real people's and made-up ones'."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.models import Account, Session
from tests.accounts.visitor import Visitor
from tests.factories import people
from tests.factories.authenticators import key_of

pytestmark = pytest.mark.django_db
GROUP, OTHER = uuid4(), uuid4()


def _made_up(group: UUID) -> Account:
    return people.account(is_test=True, test_group=group)


@pytest.mark.parametrize(
    "whose, where, lets_in",
    [
        (None, None, True),
        (None, GROUP, False),
        (GROUP, None, False),
        (GROUP, GROUP, True),
        (GROUP, OTHER, False),
    ],
)
def test_a_key_signs_its_owner_in_where_they_are_known(
    whose: UUID | None, where: UUID | None, *, lets_in: bool
) -> None:
    account = people.account() if whose is None else _made_up(whose)
    visitor = Visitor()
    flow = visitor.begin("/help/privacy", test_group=where)
    options: dict[str, Any] = visitor.client.post("/sign-in/passkey/options").json()
    answer = {"flow": flow, "passkey": key_of(account).get(options)}
    visitor.client.post("/sign-in", answer)
    assert Session.objects.filter(account=account).exists() is lets_in
