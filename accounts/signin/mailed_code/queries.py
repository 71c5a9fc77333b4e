"""Finding who is mailed, and the mail whose code is typed."""

from accounts.models import Account, EmailAddress, OutboundMessage, PendingSignIn
from accounts.models.account import sign_in_key
from accounts.notices.queries import safe_addresses

Template = OutboundMessage.Template


def recipient(name: str) -> EmailAddress | None:
    """Return where the owner of the sign-in name reads mail: one look-up, found or not."""
    rows = safe_addresses().select_related("account").filter(account__sign_in_key=sign_in_key(name))
    return rows.exclude(account__status=Account.Status.CLOSED).order_by("-is_primary", "pk").first()


def newest(flow: PendingSignIn) -> OutboundMessage | None:
    """Return the sign-in's last mail: the only one whose code works."""
    mails = OutboundMessage.objects.filter(sign_in=flow, template=Template.SIGN_IN_CODE)
    return mails.select_related("account").order_by("-created_at").first()


def locked_newest(flow: PendingSignIn) -> OutboundMessage | None:
    """Return the same, its row held until the transaction ends; so does a link hold it."""
    mails = OutboundMessage.objects.select_for_update(of=("self",), no_key=True)
    mails = mails.filter(sign_in=flow, template=Template.SIGN_IN_CODE)
    return mails.select_related("account").order_by("-created_at").first()


def is_still_its_own(message: OutboundMessage) -> bool:
    """Say whether the mail went to an address that is its account's, and safe, to this moment."""
    rows = safe_addresses().filter(account=message.account, address_key=message.address_key)
    return rows.exclude(account__status=Account.Status.CLOSED).exists()
