"""The ways to reach an account's owner: each email address, the phone, the post."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accounts.mailbox.services import services_of
from accounts.models import Account, EmailAddress, Phone, PostalAddress
from accounts.names.phone_numbers import spoken


class Kind(StrEnum):
    """What sort of way it is; the word is also the key of its name in `notices.wording`."""

    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


@dataclass(frozen=True)
class Channel:
    """One way: `key` names it in addresses of pages, `shown` is what its owner knows it by."""

    kind: Kind
    key: str
    shown: str
    row: EmailAddress | Phone | PostalAddress

    @property
    def is_unsafe(self) -> bool:
        """Whether its owner told us not to use it."""
        return self.row.unsafe_since is not None


def channels_of(account: Account) -> list[Channel]:
    """Return every way to reach the account's owner, the main address first."""
    emails = EmailAddress.objects.filter(account=account).order_by("-is_primary", "pk")
    phones = Phone.objects.filter(account=account)
    # Without a home nothing is sent by post.
    posts = PostalAddress.objects.filter(account=account).exclude(lines="")
    return [
        *(Channel(Kind.EMAIL, f"email-{row.pk}", row.address, row) for row in emails),
        *(Channel(Kind.PHONE, "phone", spoken(row.number), row) for row in phones),
        *(Channel(Kind.ADDRESS, "address", _in_one_line(row), row) for row in posts),
    ]


def channel_of(account: Account, key: str) -> Channel | None:
    """Return the account's way of this key, if it has one."""
    return next((channel for channel in channels_of(account) if channel.key == key), None)


def services_at(channel: Channel | None) -> dict[str, Any]:
    """Return what a page says of services that lose an email address with this way, if it is one.

    A phone number or postal address that is unsafe is told to nobody either, but nobody chooses it.
    """
    row = channel.row if channel else None
    if not isinstance(row, EmailAddress):
        return {}
    return {"is_email": True, "is_main": row.is_primary, "services": services_of(row)}


def _in_one_line(row: PostalAddress) -> str:
    return ", ".join([*row.lines.splitlines(), row.postcode]).rstrip(", ")
