"""What each role of an organisation may do."""

from enum import StrEnum
from typing import Final

OWNER, DEVELOPER, VIEWER = "owner", "developer", "viewer"


class Permission(StrEnum):
    """One thing that a page or an API operation lets somebody do."""

    SEE = "see"
    CHANGE_APPLICATIONS = "change_applications"
    HANDLE_CREDENTIALS = "handle_credentials"
    USE_TEST_RESIDENTS = "use_test_residents"
    ASK_TO_GO_LIVE = "ask_to_go_live"
    HANDLE_API_TOKENS = "handle_api_tokens"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_ORGANISATION = "manage_organisation"


_DEVELOPER: Final = frozenset(
    {
        Permission.SEE,
        Permission.CHANGE_APPLICATIONS,
        Permission.HANDLE_CREDENTIALS,
        Permission.USE_TEST_RESIDENTS,
    }
)
PERMISSIONS: Final[dict[str, frozenset[Permission]]] = {
    OWNER: frozenset(Permission),
    DEVELOPER: _DEVELOPER,
    VIEWER: frozenset({Permission.SEE}),
}


def may(role: str, permission: Permission) -> bool:
    """Say whether members of this role may do it."""
    return permission in PERMISSIONS[role]


class ChangeProblem(StrEnum):
    """Why the members of an organisation stay as they are."""

    LAST_OWNER = "last_owner"
    OWNER = "is_an_owner"
    NOBODY = "not_a_member_any_more"


def change_problem(
    *, was: str, becomes: str, other_owners: int, spares_owners: bool = False
) -> ChangeProblem | None:
    """Return why somebody may not get another role, or none (empty), if so.

    An organisation without an owner can neither be asked nor told anything. `spares_owners`: where
    a program asks, which makes no owner and ends none.
    """
    if spares_owners and OWNER in {was, becomes}:
        return ChangeProblem.OWNER
    stops_owning = was == OWNER and becomes != OWNER
    return ChangeProblem.LAST_OWNER if stops_owning and not other_owners else None
