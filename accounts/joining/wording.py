"""Why two accounts are not joined, in residents' words: a heading and an explanation."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.joining.rules import Refusal

_STAYS = _("Both accounts stay as they are.")
EXPLANATIONS: Final[dict[Refusal, tuple[Promise, Promise]]] = {
    Refusal.SAME_ACCOUNT: (_("That is the account you are signed in to already"), _STAYS),
    Refusal.NOT_PROVED: (
        _("You need to start again"),
        _("It took too long, or something about the other account changed. Both stay as they are."),
    ),
    Refusal.NOT_ACTIVE: (_("One of the accounts is frozen, suspended or closed"), _STAYS),
    Refusal.HELD: (
        _("One of the accounts cannot change yet"),
        _("Somebody got back into it a short while ago. For two days nobody can close it."),
    ),
    Refusal.TEST_AND_REAL: (_("One of the accounts is for tests only"), _STAYS),
    Refusal.PASSING: (
        _("Sign in to the other account another way"),
        _("A recovery code or a text message is not enough to close an account. Both stay."),
    ),
}
