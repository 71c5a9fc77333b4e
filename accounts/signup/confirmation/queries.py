"""Reading sign-ups."""

from django.utils import timezone

from accounts.models import PendingSignUp
from accounts.security.browser import BrowserId, is_token
from accounts.signup.confirmation import rules
from accounts.signup.confirmation.rules import Standing


def in_browser(sign_up_id: str, browser: BrowserId) -> PendingSignUp | None:
    """Return the sign-up if this browser began it; its id alone gives nobody anything."""
    if not is_token(sign_up_id):
        return None
    sign_up = PendingSignUp.objects.select_related("flow").filter(pk=sign_up_id).first()
    return sign_up if sign_up and browser.owns(sign_up.flow.browser_hash) else None


def locked(sign_up_id: str) -> PendingSignUp:
    """Return the sign-up, its row held until the transaction ends."""
    return (
        PendingSignUp.objects.select_for_update(of=("self",), no_key=True)
        .select_related("flow")
        .get(pk=sign_up_id)
    )


def standing(sign_up: PendingSignUp) -> Standing:
    """Return where the sign-up stands now."""
    return rules.standing(
        confirmed=sign_up.confirmed_at is not None,
        refused=sign_up.refused_at is not None,
        expired=sign_up.expires_at <= timezone.now(),
    )
