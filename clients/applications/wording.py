"""What an application is, and why a registration was refused, in words."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.addresses.wording import ADDRESS_PROBLEMS
from clients.applications.callbacks.wording import CALLBACK_PROBLEMS
from clients.applications.certificates.wording import CERTIFICATE_PROBLEMS
from clients.applications.high.wording import HIGH_PROBLEMS
from clients.applications.keys.wording import KEYS_PROBLEMS
from clients.applications.registration import Kind
from clients.applications.requests.wording import REQUESTS_PROBLEMS
from clients.applications.rules import Finding, RegistrationProblem
from clients.organisations.wording import NAME_PROBLEMS

KINDS: Final[dict[StrEnum, Promise]] = {
    Kind.WEB: _("Website with a server"),
    Kind.SPA: _("Single-page app in the browser"),
    Kind.NATIVE: _("App on a phone or computer"),
    Kind.SERVICE: _("Program without people"),
    Kind.DEVICE: _("Device without a browser"),
}
REGISTRATION_PROBLEMS: Final[dict[StrEnum, Promise]] = {
    RegistrationProblem.NO_REDIRECT_URI: _("Give at least one address to return to"),
    RegistrationProblem.TOO_MANY_ADDRESSES: _("Give at most 20 addresses"),
    RegistrationProblem.ADDRESS_REPEATED: _("The address is given twice"),
    RegistrationProblem.OPENID_MISSING: _("Ask for the scope openid too: every sign-in needs it"),
    RegistrationProblem.SCOPE_UNKNOWN: _("There is no such scope"),
    RegistrationProblem.SCOPE_REPEATED: _("The scope is given twice"),
    RegistrationProblem.SCOPE_NOT_ITS_OWN: _(
        "The application may not ask for this scope: see application change --scope"
    ),
    RegistrationProblem.LAWFUL_BASIS_UNKNOWN: _(
        "The lawful basis must be public_task, consent, contract or legal_obligation"
    ),
    RegistrationProblem.TEXT_MISSING: _("Enter a text that residents will read"),
    RegistrationProblem.TEXT_TOO_LONG: _("The text is too long"),
    RegistrationProblem.TEXT_UNSEEN_CHARACTER: _(
        "The text holds a line break or a character that cannot be seen"
    ),
    RegistrationProblem.AUTH_METHOD_UNFIT: _(
        "Only web applications and services keep a secret or private key; the others authenticate "
        "with none"
    ),
    RegistrationProblem.SECTOR_UNFIT: _(
        "A sector identifier is 1 to 255 letters, digits, dots and hyphens"
    ),
    RegistrationProblem.SECTOR_TAKEN: _(
        "Another organisation uses this sector: sharing it would let both compare residents"
    ),
    RegistrationProblem.SIGNS_NOBODY_IN: _(
        "A service acts in its own name: it has no address to return to, and no scope of residents"
    ),
    RegistrationProblem.TOO_MANY_CONTACTS: _("Give at most 10 contacts"),
    RegistrationProblem.GRANT_UNFIT: _(
        "Grants are authorization_code with scopes, refresh_token and client_credentials, each once"
    ),
    RegistrationProblem.GRANT_NOT_ALLOWED: _(
        "The initial access token allows no grant that was asked for"
    ),
    RegistrationProblem.COUNT_UNFIT: _("Let from 1 to 10000 applications be registered"),
    RegistrationProblem.LIFE_UNFIT: _("Give it a life of 1 to 366 days"),
    RegistrationProblem.SECTOR_URI_NEEDED: _(
        "Addresses on several hosts need a sector_identifier_uri that lists them"
    ),
    RegistrationProblem.SECTOR_FIXED: _(
        "The sector of an application never changes, or its residents would be strangers to it"
    ),
    RegistrationProblem.CLOSED: _("The application has ended, and stays so"),
    RegistrationProblem.OTHER_ENVIRONMENT: _(
        "A sandbox application never becomes a live one, nor the other way round: they are two"
    ),
    RegistrationProblem.SHOWS_NO_PAGE: _(
        "A device has no address to return to: residents type its code on another page"
    ),
    RegistrationProblem.KNOWS_NOBODY: _(
        "Only a web application, which residents sign in to and which keeps a secret, hears of "
        "their accounts"
    ),
    RegistrationProblem.COUNCIL_DECIDES: _("Only the council changes this: ask it to"),
    RegistrationProblem.REVIEWED: _(
        "This is a live application: change its sandbox application, then ask to have it reviewed"
    ),
    RegistrationProblem.ORGANISATION_SUSPENDED: _(
        "Your organisation is suspended and can add nothing: talk to the council"
    ),
    RegistrationProblem.TOO_MANY_APPLICATIONS: _(
        "Your organisation has 50 applications: close one that you do not need"
    ),
    RegistrationProblem.ASKS_UNLESS_OF_COUNCIL: _(
        "Only the council’s own applications may tell residents instead of asking them"
    ),
    RegistrationProblem.ASKS_AS_IT_REGISTERED_ITSELF: _(
        "An application that registered itself always asks residents"
    ),
    RegistrationProblem.ASKS_WHILE_SANDBOX: _("A sandbox application always asks residents"),
    RegistrationProblem.ASKS_AS_SENSITIVE: _(
        "A sensitive application always asks residents: others may read an email about it"
    ),
    RegistrationProblem.ASKS_FOR_OTHER_BASIS: _(
        "The scope openid must stand on public_task: on any other basis residents are asked"
    ),
}
PROBLEMS: Final[dict[StrEnum, Promise]] = {
    **NAME_PROBLEMS,
    **ADDRESS_PROBLEMS,
    **CALLBACK_PROBLEMS,
    **KEYS_PROBLEMS,
    **CERTIFICATE_PROBLEMS,
    **HIGH_PROBLEMS,
    **REGISTRATION_PROBLEMS,
    **REQUESTS_PROBLEMS,
}
_LONGEST_SHOWN: Final = 100


def sentence(finding: Finding) -> str:
    """Return one line for the person who wrote the registration."""
    # repr() shows what cannot be seen, such as a line break or a change of direction.
    value = repr(finding.value[:_LONGEST_SHOWN]) if finding.value else ""
    about = f"{finding.part} {value}".rstrip()
    return f"{about}: {sentence_without_value(finding)}"


def sentence_without_value(finding: Finding) -> str:
    """Return what is wrong, in words alone."""
    return str(PROBLEMS[finding.problem])
