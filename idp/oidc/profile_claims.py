"""The claims that residents' own profiles give values to (OIDC Core §5.1)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import Exact

from accounts.models import Account, EmailAddress, Phone, PostalAddress
from accounts.profile.phone.queries import standing
from accounts.profile.phone.rules import Standing
from accounts.profile.postal.rules import formatted
from idp.consent.rules import Mailbox

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Columns(TypedDict):
        is_shared: bool

    Releasable: TypeAlias = WithAnnotations[EmailAddress, _Columns]

_EMAIL = frozenset({"email", "email_verified"})
_PHONE = frozenset({"phone_number", "phone_number_verified"})
_CONTACT = _EMAIL | _PHONE | {"address"}
# What every account has, or may be given on its pages.
OWN = _CONTACT | {"name", "birthdate"}


# The columns of an agreement, in the row outside or as values: which address, whether one was.
Chosen: TypeAlias = int | OuterRef | None
IsChosen: TypeAlias = Value | OuterRef


@dataclass(frozen=True)
class Contact:
    """How an account's owner is reached, as it was read beside something else."""

    mail_address: str | None
    mailbox_is_shared: bool
    phone: Phone | None
    postal_address: PostalAddress | None


def own(account: Account) -> dict[str, Any]:
    """Return what the account's row says; a former name only if its owner wants it told."""
    values: dict[str, Any] = {"name": account.full_name}
    if account.date_of_birth is not None:
        values["birthdate"] = account.date_of_birth.isoformat()
    if account.shares_former_name and account.former_name:
        # Of OpenID Connect for Identity Assurance: Core has no claim for it.
        values["also_known_as"] = account.former_name
    return values


def asks_contact(wanted: Collection[str]) -> bool:
    """Say whether any of these claims needs a `Contact`."""
    return not _CONTACT.isdisjoint(wanted)


def told(contact: Contact, wanted: Collection[str]) -> dict[str, Any]:
    """Return those of email, phone and address that are wanted.

    None that its owner calls unsafe: services would write, ring or come there.
    """
    values: dict[str, Any] = {}
    if not _EMAIL.isdisjoint(wanted) and contact.mail_address:
        # One that several people read proves nobody's identity.
        values |= {"email": contact.mail_address, "email_verified": not contact.mailbox_is_shared}
    if not _PHONE.isdisjoint(wanted):
        values |= _phone(contact.phone)
    if "address" in wanted:
        values |= _address(contact.postal_address)
    return values


def addresses(account: Account) -> "list[Releasable]":
    """Return the email addresses that a service may get, the main one first.

    None that its owner calls unsafe; `is_shared`: somebody else's account has it too.
    """
    rows = EmailAddress.objects.filter(account=account, unsafe_since=None)
    return list(rows.annotate(is_shared=Exists(_others())).order_by("-is_primary", "pk"))


def contact_of(account: Account, mailbox: Mailbox) -> Contact:
    """Read it by one statement; `mailbox` says which email address is shared."""
    chosen, is_chosen = mailbox.row, Value(mailbox.is_chosen)
    rows = Account.objects.select_related("phone", "postal_address").annotate(
        mail_address=mail_address("pk", chosen, is_chosen),
        mailbox_is_shared=mailbox_is_shared("pk", chosen, is_chosen),
    )
    row = rows.get(pk=account.pk)
    return read_beside(row, mail_address=row.mail_address, mailbox_is_shared=row.mailbox_is_shared)


def read_beside(
    account: Account, *, mail_address: str | None, mailbox_is_shared: bool | None
) -> Contact:
    """Return what was read together with an account, its phone and postal address joined."""
    return Contact(
        mail_address=mail_address,
        mailbox_is_shared=mailbox_is_shared is True,
        phone=getattr(account, "phone", None),
        postal_address=getattr(account, "postal_address", None),
    )


def mail_address(account: str, chosen: Chosen, is_chosen: IsChosen) -> Subquery:
    """Return the address to tell as a column of rows that name an account in that one.

    The chosen one, else the main one; while it is the account's own, and safe: nothing comes in the
    place of one that was chosen.
    """
    return Subquery(_mailbox(account, chosen, is_chosen).values("address")[:1])


def mailbox_is_shared(account: str, chosen: Chosen, is_chosen: IsChosen) -> Subquery:
    """Return whether other accounts have that address too, as a column likewise."""
    rows = _mailbox(account, chosen, is_chosen).annotate(is_shared=Exists(_others()))
    return Subquery(rows.values("is_shared")[:1])


def _mailbox(account: str, chosen: Chosen, is_chosen: IsChosen) -> QuerySet[EmailAddress]:
    own = EmailAddress.objects.filter(account=OuterRef(account), unsafe_since=None)
    return own.filter(Q(pk=chosen) | Q(Exact(is_chosen, Value(value=False)), is_primary=True))


def _others() -> QuerySet[EmailAddress]:
    # Of whatever status: one that is frozen or closed comes back, and its owner reads it meanwhile.
    # Of made-up people none that a real one has: neither learns of the other.
    rows = EmailAddress.objects.filter(
        address_key=OuterRef("address_key"),
        account__joined_into=None,
        account__is_test=OuterRef("account__is_test"),
    )
    return rows.exclude(account=OuterRef("account"))


def _phone(row: Phone | None) -> dict[str, Any]:
    """Return the phone number, in E.164, and whether its owner has confirmed it lately."""
    if row is None:
        return {}
    if row.unsafe_since is not None:
        return _WITHHELD_PHONE
    is_confirmed = standing(row) is Standing.CONFIRMED
    return {"phone_number": row.number, "phone_number_verified": is_confirmed}


def _address(row: PostalAddress | None) -> dict[str, Any]:
    """Return the postal address (§5.1.1); that there is none fixed is an answer too."""
    if row is None:
        return {}
    if row.unsafe_since is not None:
        return _WITHHELD_ADDRESS
    if row.no_fixed_address:
        return {"address": {"formatted": "No fixed address"}}
    parts = {"formatted": formatted(row.lines, row.postcode), "postal_code": row.postcode}
    return {"address": {name: part for name, part in parts.items() if part}}


# In the place of what a test account's own claims say.
_WITHHELD_PHONE: dict[str, Any] = {"phone_number": None, "phone_number_verified": None}
_WITHHELD_ADDRESS: dict[str, Any] = {"address": None}
