"""Whom an application serves: real residents, or its organisation's test residents alone. Pure."""

from enum import StrEnum
from uuid import UUID


class Apart(StrEnum):
    """Why somebody is not one whom the application serves."""

    REAL_RESIDENT_AT_SANDBOX = "real_resident_at_sandbox"
    TEST_RESIDENT_AT_LIVE = "test_resident_at_live"
    TEST_RESIDENT_OF_ANOTHER = "test_resident_of_another_organisation"
    STAFF = "account_of_staff"


def why_apart(
    *, is_test: bool, group: UUID | None, served: UUID | None, is_staff: bool = False
) -> Apart | None:
    """Return why this person is not served; `served` is whose test residents are, if any are.

    A staff account is nobody's resident: who works for the council has another one at home.

    No page lets the two meet: each sees only the session of those whom it serves. This is asked
    all the same, of the very rows that an answer is made from.
    """
    if is_staff:
        return Apart.STAFF
    if not is_test:
        return None if served is None else Apart.REAL_RESIDENT_AT_SANDBOX
    if served is None:
        return Apart.TEST_RESIDENT_AT_LIVE
    return None if group == served else Apart.TEST_RESIDENT_OF_ANOTHER
