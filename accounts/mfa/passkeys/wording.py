"""Why a key was not added, in residents' words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mfa.passkeys.rules import Refusal

NOT_MADE: Final = _("Nothing was added. Try again, or choose another way to sign in")
TAKEN: Final = _("This passkey opens another account. Try again")
_WORDS: Final[dict[Refusal, Promise]] = {
    Refusal.ADDED_BEFORE: _("This device or key has been added before"),
    Refusal.NOT_STORED: _("This key cannot hold a passkey. Add it as a security key instead"),
    Refusal.TOO_MANY: _("You have as many as an account can have. Remove one that you do not use"),
    Refusal.CHALLENGE_NOT_OURS: _("This took too long, or was done twice. Try again"),
}


def words_for(refusal: Refusal | None) -> Promise:
    """Return what to tell whoever tried; how they could have lied is nobody's business."""
    return _WORDS.get(refusal, NOT_MADE) if refusal else NOT_MADE
