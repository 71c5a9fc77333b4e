"""What is missing before the opening, and how it is mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idp.console.council.opening.rules import Missing


@dataclass(frozen=True)
class Lack:
    """What is missing, and what to do about it."""

    what: Promise
    mend: Promise


LACKS: Final[Mapping[Missing, Lack]] = {
    Missing.PLACEHOLDERS: Lack(
        _("Residents would read example text"),
        _("Change it under “What residents see of the council”."),
    ),
    Missing.MAIL_SENDER: Lack(
        _("Mails would come from an example address"),
        _("Ask whoever runs the server to set BOROUGH_MAIL_FROM."),
    ),
    Missing.MAIL_NEVER_SENT: Lack(
        _("No mail was ever sent"),
        _("Ask whoever runs the server to look at the worker and the mail server."),
    ),
    Missing.SIGNING_KEYS: Lack(
        _("There is no key to sign with: no service could sign anybody in"),
        _("Ask whoever runs the server for “keys create”."),
    ),
    Missing.APPROVERS: Lack(
        _("Fewer than two approvers can sign in"),
        _("Two people are needed to let a service go live. Ask for “staff grant”."),
    ),
    Missing.AUDIT_KEYS: Lack(
        _("The audit log is not sealed"),
        _("Ask whoever runs the server to set BOROUGH_AUDIT_KEYS."),
    ),
    Missing.AUDIT_COPY: Lack(
        _("No copy of the audit log’s newest seal is kept elsewhere"),
        _("Ask whoever runs the server to set BOROUGH_AUDIT_COPY."),
    ),
}
STILL_MISSING: Final = _("It stays closed: something is missing. The list below says what")
