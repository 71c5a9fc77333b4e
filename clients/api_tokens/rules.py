"""What a token may be, and until when it is good."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from clients.organisations.members.rules import DEVELOPER, OWNER, VIEWER
from clients.organisations.rules import NameProblem, name_problem

# Days that a new one may be good for.
LIVES: Final = (7, 30, 90, 365)
MOST_TOKENS: Final = 20
# So that whoever finds one in a file, and every scanner of files, knows what it is.
PREFIX: Final = "borough_"
ROLES: Final = (VIEWER, DEVELOPER, OWNER)


class TokenOver(StrEnum):
    """Why a token lets nobody in any more."""

    REVOKED = "api_token_revoked"
    EXPIRED = "api_token_expired"
    ORGANISATION_SUSPENDED = "organisation_suspended"


class TokenProblem(StrEnum):
    """Why a token cannot be made."""

    TOO_MANY = "too_many_api_tokens"
    TWICE = "api_token_twice"
    ROLE_UNKNOWN = "api_token_role_unknown"
    LIFE_UNFIT = "api_token_life_unfit"


@dataclass(frozen=True)
class Terms:
    """What is said of a new token: its name, the role whose rights it has, its life in days."""

    name: str
    role: str
    days: int


def problem_of(terms: Terms, *, in_use: Collection[str]) -> NameProblem | TokenProblem | None:
    """Return why a token cannot be made on these terms beside those of these names, if so.

    Of one name there is one: a page that is sent again makes no second one.
    """
    if problem := name_problem(terms.name):
        return problem
    conditions = {
        TokenProblem.ROLE_UNKNOWN: terms.role not in ROLES,
        TokenProblem.LIFE_UNFIT: terms.days not in LIVES,
        TokenProblem.TWICE: terms.name in in_use,
        TokenProblem.TOO_MANY: len(in_use) >= MOST_TOKENS,
    }
    return next((problem for problem, applies in conditions.items() if applies), None)


def over(
    *, revoked_at: datetime | None, expires_at: datetime, is_suspended: bool, now: datetime
) -> TokenOver | None:
    """Return why the token lets nobody in any more, if so."""
    conditions = {
        TokenOver.REVOKED: revoked_at is not None,
        TokenOver.EXPIRED: expires_at <= now,
        TokenOver.ORGANISATION_SUSPENDED: is_suspended,
    }
    return next((reason for reason, applies in conditions.items() if applies), None)
