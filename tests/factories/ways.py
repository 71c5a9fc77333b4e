"""Ways to sign in besides the password."""

from typing import Any

from accounts.models import Account, Authenticator


def way(account: Account, kind: str = "app", **columns: Any) -> Authenticator:
    """Return a way of this kind; what proves it is another row's business."""
    return Authenticator.objects.create(account=account, kind=kind, **columns)
