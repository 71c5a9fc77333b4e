"""The catalogue of scopes: what each means to residents, and which claims it carries.

Claims follow OIDC Core §5.4, offline_access §11; `also_known_as`, a former name, is of OpenID
Connect for Identity Assurance. Labels use residents' words, for the sharing page
and "Your services". The order here is the order in which pages list them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Sensitivity(StrEnum):
    """How much harm a wrong disclosure could do, mildest first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True)
class Scope:
    """One thing an application may ask for, told to the resident as `label` and `explanation`."""

    name: str
    label: Promise
    explanation: Promise
    claims: tuple[str, ...]
    sensitivity: Sensitivity


_CATALOGUE = (
    Scope(
        "openid",
        _("That it is you"),
        _("A number that stands for you at this service. Other services get a different one."),
        ("sub",),
        Sensitivity.LOW,
    ),
    Scope(
        "profile",
        _("Your name and profile"),
        _(
            "Your name, and whatever else your profile holds, such as your date of birth. A former "
            "name only if you said so."
        ),
        (
            "name",
            "family_name",
            "given_name",
            "middle_name",
            "nickname",
            "also_known_as",
            "preferred_username",
            "profile",
            "picture",
            "website",
            "gender",
            "birthdate",
            "zoneinfo",
            "locale",
            "updated_at",
        ),
        Sensitivity.MEDIUM,
    ),
    Scope(
        "email",
        _("Your email address"),
        _("Your main email address, and whether you alone have confirmed that you read it."),
        ("email", "email_verified"),
        Sensitivity.MEDIUM,
    ),
    Scope(
        "address",
        _("Your home address"),
        _("The postal address you gave us."),
        ("address",),
        Sensitivity.HIGH,
    ),
    Scope(
        "phone",
        _("Your phone number"),
        _("Your phone number, and whether you have confirmed that it is yours."),
        ("phone_number", "phone_number_verified"),
        Sensitivity.HIGH,
    ),
    Scope(
        "offline_access",
        _("Your details while you are away"),
        _("The service can look up what you share again later, until you stop it."),
        (),
        Sensitivity.HIGH,
    ),
)

SCOPES: Final[dict[str, Scope]] = {scope.name: scope for scope in _CATALOGUE}
