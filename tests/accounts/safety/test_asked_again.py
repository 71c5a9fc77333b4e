"""Whoever must sign in again before they shut others out comes back to where they were."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import PendingSignIn, Session
from tests.accounts.safety.guide import GUIDE
from tests.accounts.safety.resident import strong

pytestmark = pytest.mark.django_db
DISCREET = "/account/safe-contact/discreet"
LONG = "a" * 600


@pytest.mark.parametrize(
    "asked, back",
    [
        (DISCREET, DISCREET),
        (f"{GUIDE}?from=a+mail", f"{GUIDE}?from=a+mail"),
        (f"{DISCREET}?{LONG}", "/account"),
        (f"{GUIDE}?{LONG}", "/account"),
        (f"/account/safe-contact/{LONG}", "/account"),
    ],
)
def test_a_stale_sign_in_leads_back_to_the_page_unless_its_address_is_none_of_ours(
    asked: str, back: str
) -> None:
    resident = strong()
    Session.objects.update(signed_in_at=timezone.now() - timedelta(minutes=16))
    assert resident.get(asked)["Location"].startswith("/sign-in?flow=")
    assert PendingSignIn.objects.get().return_to == back
