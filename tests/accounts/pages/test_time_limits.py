"""Every page that is good for a time alone, and how whoever is slow gets more (WCAG 2.2 §2.2.1).

What lasts for twenty hours or longer needs no more. Nothing else may end under somebody's hands
without a press for more time, or a page that asks again and gives back what was typed.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from accounts.export.rules import KEPT
from accounts.notices.catalogue import CATALOGUE
from accounts.recovery.rules import OPEN_FOR
from accounts.start_codes.rules import LASTS
from accounts.unused.rules import NOTICE

TESTS = Path(__file__).parent.parent
LONG_ENOUGH = timedelta(hours=20)
# Each column that ends what somebody is at, with the test that shows what the slow do about it.
ENDS = {
    "Session.expires_at": "sessions/test_staying.py",
    "PendingSignIn.expires_at": "hostile/test_late_forms.py",
    "PendingSignIn.proofs_until": "signin/second_step/test_more_time.py",
    "OutboundMessage.secret_expires_at": "recovery/test_more_time.py",
    "OutboundMessage.kept_open_until": "recovery/test_more_time.py",
    "CallCode.expires_at": "call_codes/test_codes.py",
    "TextCode.expires_at": "mfa/text_messages",
    "KeptForm.expires_at": "hostile/test_late_account_forms.py",
}
LASTS_LONG = {
    "PendingSignUp.expires_at": settings.SIGN_UP_LIFETIME,
    "EmailChange.expires_at": settings.EMAIL_CHANGE_LIFETIME,
    "RememberedDevice.expires_at": settings.REMEMBERED_DEVICE_LIFETIME,
    "RecoveryRequest.closes_at": OPEN_FOR,
    "AccountClosing.closes_at": settings.CLOSING_WAIT,
    "AccountClosing.reopen_until": settings.CLOSED_FOR,
    "Export.expires_at": KEPT,
    "StartCode.expires_at": LASTS,
    "Inactivity.closes_at": NOTICE,
}
# What its owner neither fills in nor waits for, and what ends with the session alone.
NO_FORM = {
    "Challenge.expires_at",
    "DirectoryVisit.expires_at",
    "HelpCode.expires_at",
    "LimitCounter.expires_at",
    "Account.changes_held_until",
    "Leaving.expires_at",
}
# Mails whose link leads to a form: how long it works, or the press that puts its end off.
PUT_OFF = {"password_reset", "recovery_ways"}


def _ends() -> set[str]:
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("accounts").get_models()
        for field in model._meta.local_fields  # noqa: SLF001 - Django's documented API
        if isinstance(field, models.DateTimeField)
        and field.name.endswith(("expires_at", "_until", "closes_at"))
    }


def test_every_end_is_in_one_of_the_lists() -> None:
    assert _ends() == {*ENDS, *LASTS_LONG, *NO_FORM}


@pytest.mark.parametrize("place", sorted(set(ENDS.values())))
def test_what_ends_soon_has_a_test_of_how_to_get_more_time(place: str) -> None:
    assert (TESTS / place).exists()


@pytest.mark.parametrize("column", LASTS_LONG)
def test_what_has_no_press_for_more_time_lasts_for_twenty_hours(column: str) -> None:
    assert LASTS_LONG[column] >= LONG_ENOUGH


@pytest.mark.parametrize("template", [name for name, mail in CATALOGUE.items() if mail.link])
def test_a_mailed_link_lasts_for_twenty_hours_or_has_the_press(template: str) -> None:
    assert (CATALOGUE[template].lifetime < LONG_ENOUGH) == (template in PUT_OFF)
