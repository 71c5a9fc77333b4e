"""Reading an account's phone number."""

from django.utils import timezone

from accounts.models import Account, Authenticator, Phone
from accounts.profile.phone import rules
from accounts.profile.phone.rules import Standing
from accounts.texts import outgoing


def of_account(account: Account) -> Phone | None:
    """Return the account's phone number, if it has one."""
    return Phone.objects.filter(account=account).first()


def standing(phone: Phone) -> Standing:
    """Return how far the number can be relied on now."""
    return rules.standing(
        confirmed_at=phone.confirmed_at,
        stated_at=phone.changed_at,
        used_at=phone.last_used_at,
        now=timezone.now(),
    )


def signs_in(account: Account) -> bool:
    """Say whether text messages to the number are one of the account's ways to sign in."""
    kind = Authenticator.Kind.TEXT_MESSAGE
    return Authenticator.objects.filter(account=account, kind=kind).exists()


def takes_texts(phone: Phone) -> bool:
    """Say whether we can send the number a text message, and may."""
    return outgoing.is_on() and phone.unsafe_since is None and rules.takes_texts(phone.number)
