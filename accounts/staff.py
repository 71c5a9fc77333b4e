"""What the council's staff may do, by their roles: both lists are closed. Pure."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody of the staff is there for; one person may have several."""

    SUPPORT = "support"
    SUPPORT_LEAD = "support_lead"
    APPROVER = "approver"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    OWNER = "owner"


class Permission(StrEnum):
    """One act of staff, named as pages ask for it; an act joins the list with its page."""

    SIGN_OFF = "sign_off"


_NOTHING_YET: Final = frozenset[Permission]()

MAY: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.SUPPORT: _NOTHING_YET,
    Role.SUPPORT_LEAD: _NOTHING_YET,
    Role.APPROVER: frozenset({Permission.SIGN_OFF}),
    Role.AUDITOR: _NOTHING_YET,
    Role.OPERATOR: _NOTHING_YET,
    Role.OWNER: _NOTHING_YET,
}


def permitted(roles: Collection[str]) -> frozenset[Permission]:
    """Return everything that somebody in these roles may do; a role that is none adds nothing."""
    return frozenset().union(*(MAY[role] for role in Role if role in roles))
