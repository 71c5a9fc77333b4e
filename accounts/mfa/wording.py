"""Ways to sign in, in residents' words."""

from typing import Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.mfa import numbered_codes
from accounts.mfa.queries import Kind
from accounts.mfa.rules import Removal
from accounts.models import Authenticator
from accounts.texts.queries import number_of

KINDS: Final[dict[Kind, Promise]] = {
    Kind.PASSKEY: gettext_lazy("Passkey"),
    Kind.SECURITY_KEY: gettext_lazy("Security key"),
    Kind.APP: gettext_lazy("App that shows codes"),
    Kind.CODE_SHEET: gettext_lazy("Printed sheet of codes"),
    Kind.RECOVERY_CODES: gettext_lazy("Recovery codes"),
    Kind.TEXT_MESSAGE: gettext_lazy("Text message"),
}
# Numbered by the sheet's own letters, or there is never more than one.
UNNAMED: Final = frozenset({Kind.CODE_SHEET, Kind.RECOVERY_CODES, Kind.TEXT_MESSAGE})
REFUSED: Final[dict[Removal, Promise]] = {
    Removal.LAST_WAY: gettext_lazy(
        "You cannot remove this: it is your only way to sign in. Add another one first."
    ),
    Removal.TOO_NEW: gettext_lazy(
        "You signed in with something that was added less than 24 hours ago. It cannot remove "
        "anything else until tomorrow. This gives you time if a stranger added it."
    ),
}


def name_of(way: Authenticator) -> str:
    """Return what to call the way: its kind, and its owner's name for it if there is one."""
    kind = str(KINDS[Kind(way.kind)])
    return _("{kind}: {name}").format(kind=kind, name=way.label) if way.label else kind


def about(way: Authenticator) -> list[str]:
    """Return sentences on when it was added and used, and what is left of its codes."""
    added = _("Added on {day}.").format(day=day_of(way.created_at))
    used = _("Never used yet.")
    if way.last_used_at is not None:
        used = _("Last used on {day}.").format(day=day_of(way.last_used_at))
    sentences = [added, used]
    if way.kind in {Kind.CODE_SHEET, Kind.RECOVERY_CODES}:
        count = numbered_codes.left(way).count
        left = ngettext("{count} code left.", "{count} codes left.", count)
        sentences.append(left.format(count=count))
    if way.last_used_at is None and way.letters.exists():
        sentences.append(_("Posted to you. We ask for it when your other sheet is used up."))
    if way.kind == Kind.TEXT_MESSAGE and number_of(way.account) is None:
        sentences.append(_("It does not work now: we cannot send texts to your number."))
    if way.lent_by_council:
        sentences.append(_("Lent by the council."))
    return sentences


def day_of(moment: Any) -> str:  # noqa: ANN401 - an aware time
    """Return the day of an aware time as residents read it: 3 March 2026."""
    return date_format(localtime(moment), "j F Y")
