"""The help code in a mail."""

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from accounts.help_codes import operations
from accounts.models import HelpCode, OutboundMessage

pytestmark = pytest.mark.django_db


def _message() -> OutboundMessage:
    return OutboundMessage.objects.create(
        template="sign_up", address="a@example.org", address_key="a@example.org", language="en-gb"
    )


def test_a_mail_has_one_code_however_often_it_is_sent() -> None:
    message = _message()
    assert operations.for_message(message) == operations.for_message(message)
    assert operations.for_message(message) != operations.for_message(_message())


def test_a_mails_code_is_valid_for_seven_days() -> None:
    with time_machine.travel(timezone.now(), tick=False):
        code = operations.for_message(_message())
        assert code.expires_at == timezone.now() + settings.MAIL_HELP_CODE_LIFETIME


def test_a_mails_code_goes_with_its_mail() -> None:
    message = _message()
    operations.for_message(message)
    message.delete()
    assert not HelpCode.objects.exists()
