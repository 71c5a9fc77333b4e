"""What makes an account: a full name, and a sign-in name where the address is taken."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mfa.passkeys.forms import BUTTON, NeutralField
from accounts.mfa.passkeys.wording import TAKEN
from accounts.names.fields import FullNameField, SignInNameField
from accounts.pages.forms import GovukForm
from accounts.passwords.fields import NewPasswordField
from accounts.passwords.wording import refusal
from accounts.signup import queries
from accounts.signup.rules import Refusal

NAME_TAKEN = _("Choose another sign-in name. Somebody has this one")
# The field and the words of what somebody else has already.
NOT_FREE: dict[Refusal, tuple[str | None, Promise]] = {
    Refusal.NAME_TAKEN: ("sign_in_name", NAME_TAKEN),
    Refusal.PASSKEY_TAKEN: (None, TAKEN),
}


class PersonForm(GovukForm):
    """The last page of a sign-up: who somebody is."""

    full_name = FullNameField()
    sign_in_name = SignInNameField()

    def __init__(self, *args: Any, address: str, needs_own_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        if not needs_own_name:
            del self.fields["sign_in_name"]


class PasskeyForm(PersonForm):
    """The same with a passkey, which the browser makes."""

    answered_at = BUTTON
    is_neutral = NeutralField()

    def clean_sign_in_name(self) -> str:
        """Return the name, refused before a passkey is made that would open nothing."""
        name: str = self.cleaned_data["sign_in_name"]
        if queries.is_taken(name):
            raise ValidationError(NAME_TAKEN)
        return name


class PasswordForm(PersonForm):
    """The same with a password."""

    password = NewPasswordField()

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is easy to guess for this person, with the reason."""
        data = self.cleaned_data
        if "password" in data:
            names = [data.get("full_name", ""), data.get("sign_in_name", ""), self.address]
            reason = refusal(data["password"], own_words=names)
            if reason:
                self.add_error("password", reason)
        return data
