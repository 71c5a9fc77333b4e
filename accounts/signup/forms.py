"""What makes an account: a full name, and a sign-in name where the address is taken."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mfa.passkeys.forms import BUTTON, NeutralField
from accounts.mfa.passkeys.wording import TAKEN
from accounts.names.fields import FullNameField, SignInNameField
from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm
from accounts.passwords.fields import NewPasswordField
from accounts.passwords.wording import refusal
from accounts.signup import queries
from accounts.signup.rules import Refusal
from accounts.start_codes.wording import EXPIRED, NOT_BORN_THEN

NAME_TAKEN = _("Choose another sign-in name. Somebody has this one")
# The field and the words of what somebody else has already.
NOT_FREE: dict[Refusal, tuple[str | None, Promise]] = {
    Refusal.NAME_TAKEN: ("sign_in_name", NAME_TAKEN),
    Refusal.PASSKEY_TAKEN: (None, TAKEN),
    Refusal.START_CODE_ENDED: (None, EXPIRED),
}


class PersonForm(GovukForm):
    """The last page of a sign-up: who somebody is."""

    full_name = FullNameField()
    date_of_birth = DateInputField(
        label=_("Date of birth"),
        called=_("Date of birth"),
        help_text=_("As it is on the papers that you showed to our staff. For example, 31 3 1980"),
        birthday=True,
        error_messages={"required": _("Enter your date of birth")},
    )
    sign_in_name = SignInNameField()

    def __init__(
        self,
        *args: Any,
        address: str,
        needs_own_name: bool,
        is_birthday: Callable[[date], bool] | None = None,
        **kwargs: Any,
    ) -> None:
        """Ask for the name or, with `is_birthday`, for the date that it says is right."""
        super().__init__(*args, **kwargs)
        self.address = address
        self.is_birthday = is_birthday
        del self.fields["date_of_birth" if is_birthday is None else "full_name"]
        if not needs_own_name:
            del self.fields["sign_in_name"]

    def clean_date_of_birth(self) -> date:
        """Return the date; another one is refused before a passkey is made that opens nothing."""
        born: date = self.cleaned_data["date_of_birth"]
        if self.is_birthday is not None and not self.is_birthday(born):
            raise ValidationError(str(NOT_BORN_THEN))
        return born


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
