"""How an account is used that nobody signs in to: what is shared from it, who counts on it."""

from django.db.models import Max

from accounts.models import Account
from accounts.unused.elsewhere import Elsewhere
from clients.models import Member
from idp.models import Disclosure


def of(account: Account) -> Elsewhere:
    """Return when something about the account was shared last, and whether it is a member's."""
    shared = Disclosure.objects.filter(account=account).aggregate(at=Max("last_at"))
    is_member = Member.objects.filter(account=account).exists()
    return Elsewhere(is_member=is_member, shared_at=shared["at"])
