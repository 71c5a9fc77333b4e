"""Who did something."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import Account


class ActorKind(StrEnum):
    """What kind of party acted."""

    RESIDENT = "resident"
    ANONYMOUS = "anonymous"
    API_TOKEN = "api_token"
    APPLICATION = "application"
    OPERATOR = "operator"
    STAFF = "staff"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    """The party behind a write; every operation takes one as `by`."""

    kind: ActorKind
    id: str = ""


ANONYMOUS = Actor(ActorKind.ANONYMOUS)
OPERATOR = Actor(ActorKind.OPERATOR)
SYSTEM = Actor(ActorKind.SYSTEM)


def resident(account: "Account") -> Actor:
    """Return the account's owner as an actor."""
    return Actor(ActorKind.RESIDENT, str(account.pk))


def staff(account: "Account") -> Actor:
    """Return the member of the council's staff whose account this is as an actor."""
    return Actor(ActorKind.STAFF, str(account.pk))


def application(client_id: str) -> Actor:
    """Return the application of this client_id as an actor."""
    return Actor(ActorKind.APPLICATION, client_id)
