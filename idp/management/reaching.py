"""How an account's owner is reached, as commands print it: masked of whoever is protected.

Output of commands ends in tickets and on screens of others; named leads alone read it in clear.
"""

from accounts.models import Account
from accounts.safety.channels import Channel, Kind
from idp.console.protection.masking import masked_email, masked_number
from idp.console.protection.queries import in_force

_HIDDEN = "•••"


def sign_in_name(account: Account) -> str:
    """Return the name by which its owner signs in, which is often an email address."""
    name = account.sign_in_name
    return masked_email(name) if "@" in name and in_force(account) else name


def email_addresses(account: Account) -> list[str]:
    """Return every email address of the account."""
    found = [row.address for row in account.email_addresses.all()]
    return [masked_email(one) for one in found] if in_force(account) else found


def shown(account: Account, channel: Channel) -> str:
    """Return one way to reach its owner."""
    if not in_force(account):
        return channel.shown
    if channel.kind is Kind.EMAIL:
        return masked_email(channel.shown)
    return masked_number(channel.shown) if channel.kind is Kind.PHONE else _HIDDEN
