"""No mail server ever hears of somebody made up."""

import pytest
from django.core import mail

from accounts.models import Account, OutboundMessage
from accounts.notices import delivery
from accounts.notices.catalogue import Template
from accounts.notices.operations import queue
from tests import factories

pytestmark = pytest.mark.django_db


def _state(address: str, account: Account | None = None) -> str:
    message = queue(template=Template.SIGN_UP, address=address, account=account, language="en-gb")
    delivery.deliver(message.pk)
    return OutboundMessage.objects.get(pk=message.pk).state


@pytest.mark.parametrize("address", ["maya@test.invalid", "MAYA@TEST.INVALID", "x@y.z.invalid"])
def test_a_mail_to_a_name_that_nobody_has_is_dropped(address: str) -> None:
    assert _state(address) == OutboundMessage.State.DROPPED
    assert mail.outbox == []


def test_so_is_one_to_a_made_up_person_with_a_real_address() -> None:
    made_up = factories.test_resident(factories.organisation())
    assert _state("real@example.org", made_up) == OutboundMessage.State.DROPPED
    assert mail.outbox == []


def test_any_other_is_sent() -> None:
    assert _state("real@invalid.example.org") == OutboundMessage.State.SENT
    assert len(mail.outbox) == 1
