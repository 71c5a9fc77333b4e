"""Why no secret was made, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.credentials.rules import SecretProblem

SECRET_PROBLEMS: Final[dict[SecretProblem, Promise]] = {
    SecretProblem.TWO_ARE_GOOD: _("Two secrets are good already: end one of them first"),
    SecretProblem.MADE_MEANWHILE: _(
        "A secret was made meanwhile. It is not shown again: make another if nobody copied it"
    ),
    SecretProblem.LIFE_UNFIT: _("Choose how long the secret is good"),
}
