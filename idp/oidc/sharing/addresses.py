"""Which of one's email addresses a service gets: the choice, as radios, and the answer to it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account
from accounts.pages.fields import first_error
from accounts.pages.forms import GovukForm
from accounts.pages.wording import WORDS
from idp.consent.rules import MAIN, Mailbox
from idp.oidc import profile_claims
from idp.oidc.sharing.wording import said

if TYPE_CHECKING:
    from idp.oidc.profile_claims import Releasable

NAME = "email"


class NotOfferedError(Exception):
    """What was sent in is no address that could be chosen."""


class NothingChosen(GovukForm):
    """What a page says where no address was chosen: never valid, filled from nothing."""

    email = forms.CharField(
        error_messages={"required": gettext_lazy("Select which email address you want to share")}
    )

    def __init__(self) -> None:
        super().__init__({}, auto_id="%s")

    def words(self) -> dict[str, Any]:
        """Return what the page needs besides: the summary's form, and the message at the radios."""
        return {
            "form": self,
            "email_error": {"text": first_error(self[NAME]), **WORDS["error-message"]},
        }


@dataclass(frozen=True)
class Addresses:
    """The addresses that may be chosen, the main one first; none where there is no choice."""

    rows: "list[Releasable]"

    def __bool__(self) -> bool:
        return bool(self.rows)

    def radios(self, mailbox: Mailbox) -> list[dict[str, Any]]:
        """Return them as radios take them; chosen is the one that is shared, if it is there."""
        chosen = self.given(mailbox)
        return [
            {
                "value": str(row.pk),
                "text": row.address,
                "hint": {"text": _told(row)},
                "checked": row == chosen,
            }
            for row in self.rows
        ]

    def given(self, mailbox: Mailbox) -> "Releasable | None":
        """Return the address that a service gets; None where the chosen one is not among them."""
        if not mailbox.is_chosen:
            return next(iter(self.rows), None)
        return next((row for row in self.rows if row.pk == mailbox.row), None)

    def chosen(self, typed: str) -> int | None:
        """Return the row that was sent in, None for the main address or without a choice.

        Raises:
            NotOfferedError: it is none of these.
        """
        if not self:
            return None
        row = next((row for row in self.rows if str(row.pk) == typed), None)
        if row is None:
            raise NotOfferedError
        return None if row.is_primary else row.pk

    def values(self, email: int | None) -> dict[str, Any]:
        """Return what a service gets of the address that was chosen; nothing without a choice."""
        row = self.given(MAIN if email is None else Mailbox(email, is_chosen=True))
        return {"email": row.address, "email_verified": not row.is_shared} if row else {}

    def shown(self) -> list[str]:
        """Return what an answer rests on."""
        return [f"{row.pk} {row.address} {_told(row)}" for row in self.rows]


NO_CHOICE = Addresses([])


def offered(account: Account, claim_names: Collection[str] = (NAME,)) -> Addresses:
    """Return the addresses to choose among, if there are two or more and one of them is wanted."""
    if NAME not in claim_names:
        return NO_CHOICE
    rows = profile_claims.addresses(account)
    return Addresses(rows) if len(rows) > 1 else NO_CHOICE


def _told(row: "Releasable") -> str:
    """Return what the service gets to know of the address, and that it is the main one."""
    verified = said("email_verified", not row.is_shared)
    if not row.is_primary:
        return verified
    return _("Your main email address. {verified}").format(verified=verified)
