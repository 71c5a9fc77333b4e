"""Figures and their parts, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.assurance import Method
from idp.console.figures.rules import Step

STEPS: Final[dict[str, Promise]] = {
    Step.EMAIL_NOT_CONFIRMED: _("Did not confirm the email address"),
    Step.ADDRESS_KNOWN: _("Were told in the email that the address has an account"),
    Step.ADDRESS_FULL: _("Were told in the email that the address has its most accounts"),
    Step.DETAILS_NOT_GIVEN: _("Confirmed the address, and gave no name or way to sign in"),
    Step.REFUSED_BY_READER: _("Were ended by “This was not me” in the email"),
}
METHODS: Final[dict[str, Promise]] = {
    Method.PASSKEY: _("Passkey"),
    Method.PASSWORD: _("Password alone"),
    Method.APP: _("Password and authenticator app"),
    Method.TEXT_MESSAGE: _("Password and text message"),
    Method.SECURITY_KEY: _("Password and security key"),
    Method.CODE_SHEET: _("Password and code sheet"),
    Method.RECOVERY_CODE: _("Password and recovery code"),
}
