"""Why somebody may not, in residents' words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.safety.operations import NotMarked
from accounts.safety.rules import Refusal

EXPLANATIONS: Final[dict[Refusal | NotMarked, Promise]] = {
    Refusal.HELD: _(
        "Somebody got back into this account a short while ago. For two days nobody can change how"
        " we reach you here."
    ),
    Refusal.NOT_FRESH: _("We need to check again that it is you."),
    Refusal.ONE_FACTOR: _(
        "You signed in by one thing only, such as a password. Anyone else who knows it could make "
        "us stop writing to you."
    ),
    Refusal.WAY_TOO_NEW: _(
        "You signed in by something that was added in the last seven days. If you have an older way"
        " to sign in, use that."
    ),
    NotMarked.LAST_SAFE_ADDRESS: _(
        "This is the only email address that we can write to. Give us another one first, which only"
        " you can read. We will not tell this one about it."
    ),
}
