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
    """One kind of act of staff, named as pages ask for it."""

    HELP = "help"
    SEARCH_NAMES = "search_names"
    DECIDE = "decide"
    SUSPEND = "suspend"
    PROTECT = "protect"
    ANSWER_COMPLAINTS = "answer_complaints"
    HOLD_BACK = "hold_back"
    READ_AUDIT = "read_audit"
    SET_UP = "set_up"
    SEE_FIGURES = "see_figures"
    SIGN_OFF = "sign_off"


_SUPPORT: Final = frozenset({Permission.HELP, Permission.SEARCH_NAMES})

MAY: Final[Mapping[Role, frozenset[Permission]]] = {
    Role.SUPPORT: _SUPPORT,
    Role.SUPPORT_LEAD: _SUPPORT
    | {
        Permission.DECIDE,
        Permission.SUSPEND,
        Permission.PROTECT,
        Permission.ANSWER_COMPLAINTS,
        Permission.HOLD_BACK,
        Permission.SEE_FIGURES,
    },
    Role.APPROVER: frozenset({Permission.SIGN_OFF}),
    Role.AUDITOR: frozenset(
        {Permission.READ_AUDIT, Permission.HOLD_BACK, Permission.SEE_FIGURES},
    ),
    Role.OPERATOR: frozenset(),
    Role.OWNER: frozenset({Permission.SET_UP, Permission.SEE_FIGURES}),
}


def permitted(roles: Collection[str]) -> frozenset[Permission]:
    """Return everything that somebody in these roles may do; a role that is none adds nothing."""
    return frozenset().union(*(MAY[role] for role in Role if role in roles))
