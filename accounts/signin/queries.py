"""Finding who is meant by what somebody typed."""

from accounts.models import Account


def by_sign_in_key(key: str) -> Account | None:
    """Return the account of this folded sign-in name, whatever its status."""
    return Account.objects.filter(sign_in_key=key).first()
