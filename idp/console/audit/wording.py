"""Events in auditors' words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.audit.actor import ActorKind
from accounts.audit.verifying.one import Standing
from accounts.audit.verifying.results import Compared

ACTORS: Final[dict[str, Promise]] = {
    ActorKind.RESIDENT: _("A resident, signed in"),
    ActorKind.ANONYMOUS: _("Somebody not signed in"),
    ActorKind.API_TOKEN: _("A program with an API token"),
    ActorKind.APPLICATION: _("An application"),
    ActorKind.OPERATOR: _("An operator, at the command line"),
    ActorKind.STAFF: _("Somebody of the staff"),
    ActorKind.SYSTEM: _("The system itself"),
}
STANDINGS: Final[dict[Standing, Promise]] = {
    Standing.AS_SEALED: _("This event is as it was when it was sealed, in seal %(seal)s."),
    Standing.NOT_SEALED_YET: _("No seal covers this event yet: nothing proves it so far."),
    Standing.CHANGED: _(
        "This event is not as it was when it was sealed: somebody changed it in the database after "
        "seal %(seal)s. Do not rely on anything below."
    ),
    Standing.PUT_IN: _(
        "This event was put in among those of seal %(seal)s afterwards. Do not rely on it."
    ),
    Standing.SEAL_AMISS: _(
        "Seal %(seal)s, which covers this event, is not as our key signed it: nothing proves the "
        "event."
    ),
}
COMPARED: Final[dict[Compared, Promise]] = {
    Compared.COMPARED: _("The copy outside the database was compared, seal by seal."),
    Compared.NO_COPY: _(
        "There is no copy outside the database, so nobody sees whether the end was cut off: see "
        "BOROUGH_AUDIT_COPY."
    ),
    Compared.UNREADABLE: _(
        "The copy outside the database could not be read, so whether the end was cut off is not "
        "known."
    ),
}


def event_words(name: str) -> str:
    """Return the name of an event as a few words.

    They are those of the closed list, not translated: commands, exports and the docs use them too.
    """
    _subject, _separator, rest = name.partition(":")
    words = rest.replace("_", " ").replace(":", " ").strip() or name
    return words[:1].upper() + words[1:]


def plain(name: str) -> str:
    """Return a name of the closed lists as words."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
