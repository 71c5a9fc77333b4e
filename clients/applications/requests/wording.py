"""Why what was said about an application's requests is refused, in words."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.requests.rules import RequestsProblem

REQUESTS_PROBLEMS: Final[dict[StrEnum, Promise]] = {
    RequestsProblem.PKCE_NEEDED: _(
        "Only a web application of the standard profile, which keeps a secret, may do without PKCE"
    ),
    RequestsProblem.TOO_MANY: _("Give at most 20 addresses"),
    RequestsProblem.TOO_LONG: _("The address must be at most 512 characters"),
    RequestsProblem.AGE_UNFIT: _("The age must be a whole number of seconds, 0 or more"),
    RequestsProblem.ACR_VALUES_UNFIT: _("Give at most 10 levels, each a word of ASCII"),
}
