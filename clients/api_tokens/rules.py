"""What a token may be, and until when it is good."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from clients.organisations.members.rules import DEVELOPER, OWNER, VIEWER, Permission, may
from clients.organisations.rules import NameProblem, name_problem

# Days that a new one may be good for.
LIVES: Final = (7, 30, 90, 365)
# On the pages each act on a live application takes a sign-in of minutes ago, by two factors. A
# token that stands for many such is made in one, and is good for a month.
LONGEST_ON_LIVE: Final = 30
MOST_TOKENS: Final = 20
# So that whoever finds one in a file, and every scanner of files, knows what it is.
PREFIX: Final = "borough_"
ROLES: Final = (VIEWER, DEVELOPER, OWNER)


class TokenOver(StrEnum):
    """Why a token lets nobody in any more."""

    REVOKED = "api_token_revoked"
    EXPIRED = "api_token_expired"
    ORGANISATION_SUSPENDED = "organisation_suspended"
    MAKER_GONE = "api_token_maker_gone"


class TokenProblem(StrEnum):
    """Why a token cannot be made."""

    TOO_MANY = "too_many_api_tokens"
    TWICE = "api_token_twice"
    ROLE_UNKNOWN = "api_token_role_unknown"
    LIFE_UNFIT = "api_token_life_unfit"
    TOO_LONG_FOR_LIVE = "api_token_too_long_for_live"
    MAKER_GONE = "api_token_maker_gone"


@dataclass(frozen=True)
class Terms:
    """What is said of a new token: its name, the role whose rights it has, its life in days.

    `acts_on_live`: whoever makes it signed in just now, by two factors, to allow it.
    """

    name: str
    role: str
    days: int
    acts_on_live: bool = False


def may_have(maker_role: str, *, is_usable: bool) -> bool:
    """Say whether somebody of this role, or of none (empty), may have tokens act for them.

    `is_usable`: their account is neither closed, frozen nor suspended.
    """
    return is_usable and maker_role in ROLES and may(maker_role, Permission.HANDLE_API_TOKENS)


def problem_of(
    terms: Terms, *, in_use: Collection[str], maker_may: bool
) -> NameProblem | TokenProblem | None:
    """Return why a token cannot be made on these terms beside those of these names, if so.

    Of one name there is one: a page that is sent again makes no second one.
    """
    if problem := name_problem(terms.name):
        return problem
    conditions = {
        TokenProblem.ROLE_UNKNOWN: terms.role not in ROLES,
        TokenProblem.LIFE_UNFIT: terms.days not in LIVES,
        TokenProblem.TOO_LONG_FOR_LIVE: terms.acts_on_live and terms.days > LONGEST_ON_LIVE,
        TokenProblem.MAKER_GONE: not maker_may,
        TokenProblem.TWICE: terms.name in in_use,
        TokenProblem.TOO_MANY: len(in_use) >= MOST_TOKENS,
    }
    return next((problem for problem, applies in conditions.items() if applies), None)


def over(
    *,
    revoked_at: datetime | None,
    expires_at: datetime,
    is_suspended: bool,
    maker_may: bool,
    now: datetime,
) -> TokenOver | None:
    """Return why the token lets nobody in any more, if so."""
    conditions = {
        TokenOver.REVOKED: revoked_at is not None,
        TokenOver.EXPIRED: expires_at <= now,
        TokenOver.ORGANISATION_SUSPENDED: is_suspended,
        TokenOver.MAKER_GONE: not maker_may,
    }
    return next((reason for reason, applies in conditions.items() if applies), None)
