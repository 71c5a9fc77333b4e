"""What of an account's use only other apps know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.models import Account


@dataclass(frozen=True)
class Elsewhere:
    """Whether others count on the account, and when something was last shared from it."""

    is_member: bool = False
    shared_at: datetime | None = None


class UseElsewhere(Protocol):
    """What the setting USE_ELSEWHERE names."""

    def __call__(self, account: Account) -> Elsewhere:
        """Return how the account is used there."""


def of(account: Account) -> Elsewhere:
    """Return how the account is used in other apps."""
    find: UseElsewhere = import_string(settings.USE_ELSEWHERE)
    return find(account)
