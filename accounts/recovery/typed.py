"""What somebody typed as the name of an account, as an address that mail can go to."""

from django.core.exceptions import ValidationError

from accounts.notices.forms import MailAddressField


def as_address(typed: str) -> str:
    """Return the address, or nothing if it is none."""
    try:
        return MailAddressField().clean(typed)
    except ValidationError:
        return ""
