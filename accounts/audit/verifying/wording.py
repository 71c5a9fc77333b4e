"""What is wrong with the log, in an auditor's words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit.verifying.rules import Finding, Trouble

_WORDS: Final[Mapping[Trouble, Promise]] = {
    Trouble.EVENT_CHANGED: _("Event %(event)s, of seal %(seal)s, was changed"),
    Trouble.EVENT_REMOVED: _("Event %(event)s, of seal %(seal)s, was removed"),
    Trouble.EVENT_INSERTED: _("Event %(event)s was put in among those of seal %(seal)s"),
    Trouble.EVENTS_SWAPPED: _(
        "Events %(event)s and %(other)s, of seal %(seal)s, changed places with each other"
    ),
    Trouble.EVENT_BACKDATED: _(
        "Event %(event)s was put in after seal %(seal)s, but says that it is from before"
    ),
    Trouble.EVENTS_DIFFER: _(
        "Events %(event)s to %(other)s (%(since)s to %(until)s) are not those that seal %(seal)s "
        "is about; which of them, it cannot say any more"
    ),
    Trouble.LIST_CHANGED: _("The list of seal %(seal)s was changed; its events are as they were"),
    Trouble.PURGED_EVENT_THERE: _(
        "Event %(event)s is there, among those of seal %(seal)s that were purged"
    ),
    Trouble.SEAL_CHANGED: _("Seal %(seal)s was changed"),
    Trouble.SEAL_FORGED: _("Seal %(seal)s was not signed by our key: somebody else wrote it"),
    Trouble.SEAL_UNCHAINED: _("Seal %(seal)s does not follow the seal before it"),
    Trouble.SEALS_MISSING: _("Seals %(seal)s to %(other)s are missing"),
    Trouble.KEY_UNKNOWN: _("Seal %(seal)s names a key that is not at hand: give its public key"),
    Trouble.TOMBSTONE_FORGED: _(
        "The tombstone of seals %(seal)s to %(other)s was not signed by our key"
    ),
    Trouble.TOMBSTONE_AMISS: _(
        "The tombstone of seals %(seal)s to %(other)s does not fit what is there"
    ),
    Trouble.END_CUT: _(
        "The end of the log was cut: the copy has seals %(seal)s to %(other)s, over %(event)s "
        "events of %(since)s to %(until)s, and the log has not"
    ),
    Trouble.COPY_DIFFERS: _("Seal %(seal)s is another one in the copy"),
    Trouble.COPY_FORGED: _("The copy has a seal that was not signed by our key"),
    Trouble.COPY_LACKS: _("The copy lacks seal %(seal)s"),
}


def told(finding: Finding) -> str:
    """Return the finding as a sentence without its full stop."""
    times = {
        name: _moment(time) if time else "?"
        for name, time in (("since", finding.since), ("until", finding.until))
    }
    numbers = {"seal": finding.seal, "event": finding.event, "other": finding.other}
    return str(_WORDS[finding.trouble]) % {**numbers, **times}


def _moment(at: datetime) -> str:
    # As on pages, which the log must not know: 3 March 2026 at 4:05pm.
    day, time = date_format(localtime(at), "j F Y"), date_format(localtime(at), "g:iA").lower()
    return gettext("{day} at {time}").format(day=day, time=time)
