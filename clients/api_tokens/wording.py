"""Roles of tokens, and why one was refused, in words."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.api_tokens.rules import TokenProblem
from clients.organisations.members.rules import DEVELOPER, OWNER, VIEWER
from clients.organisations.wording import NAME_PROBLEMS

ROLES: Final[dict[str, Promise]] = {
    VIEWER: _("Viewer: reads applications and how their requests went"),
    DEVELOPER: _("Developer: also registers and changes applications, and makes their secrets"),
    OWNER: _("Owner: also whatever else owners may do by the API"),
}
SHORT_ROLES: Final[dict[str, Promise]] = {
    VIEWER: _("Viewer"),
    DEVELOPER: _("Developer"),
    OWNER: _("Owner"),
}
PROBLEMS: Final[dict[StrEnum, Promise]] = {
    **NAME_PROBLEMS,
    TokenProblem.TOO_MANY: _(
        "Your organisation has 20 tokens in use: end one that you do not need"
    ),
    TokenProblem.TWICE: _("There is a token of this name: choose another name, or end that one"),
    TokenProblem.ROLE_UNKNOWN: _("Choose what the token may do"),
    TokenProblem.LIFE_UNFIT: _("Choose how long the token is good for"),
    TokenProblem.TOO_LONG_FOR_LIVE: _(
        "A token that may act on live applications is good for 30 days at most"
    ),
    TokenProblem.MAKER_GONE: _("You may not make tokens for this organisation any more"),
}
