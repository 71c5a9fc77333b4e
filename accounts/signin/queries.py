"""Finding who is meant by what somebody typed."""

from uuid import UUID

from accounts.models import Account


def by_sign_in_key(key: str, *, test_group: UUID | None) -> Account | None:
    """Return the account of this folded sign-in name, whatever its status.

    Only a made-up person of this group, or only a real one: any other is as good as none, and so
    is one of the staff.
    """
    rows = Account.objects.filter(
        is_test=test_group is not None, test_group=test_group, staff_since=None
    )
    return rows.filter(sign_in_key=key).first()
