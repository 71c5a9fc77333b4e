"""Reading what a new account would collide with."""

from accounts.models import Account, PendingSignUp
from accounts.models.account import sign_in_key
from accounts.notices.queries import safe_addresses


def needs_own_name(sign_up: PendingSignUp) -> bool:
    """Say whether the address cannot be the sign-in name, because somebody else has it already."""
    if safe_addresses().filter(address_key=sign_up.address_key).exists():
        return True
    return is_taken(sign_up.address)


def is_taken(name: str) -> bool:
    """Say whether somebody signs in with this name."""
    return Account.objects.filter(sign_in_key=sign_in_key(name)).exists()
