"""What somebody types to get back in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.mfa.passkeys.forms import BUTTON, NeutralField
from accounts.models import Account
from accounts.models.email_address import ADDRESS_LENGTH
from accounts.pages.forms import GovukForm
from accounts.passwords.fields import NewPasswordField
from accounts.passwords.wording import refusal

NOT_RIGHT_PASSWORD = _(
    "This is not the password that we need. Use one that you signed in with before"
)
NOT_RIGHT_CODE = _("This is not the code. Check each letter and number, or ask for a new one")


class NameForm(GovukForm):
    """Whose account it is."""

    sign_in_name = forms.CharField(
        label=_("Email address or sign-in name"),
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Enter your email address or sign-in name")},
    )


class KnownPasswordForm(GovukForm):
    """The account's password, as it was before anybody asked to get back in."""

    # No max_length: an overlong password is simply not right, and is checked at bounded cost.
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password")},
    )


class CodeForm(GovukForm):
    """Eight letters and numbers off a letter, or from a counter."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("8 letters and numbers, such as CDFG-3467"),
        max_length=64,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
                "spellcheck": "false",
            }
        ),
        error_messages={"required": _("Enter the code")},
    )


class NewPasswordForm(GovukForm):
    """A password to replace the old one."""

    password = NewPasswordField(label=_("New password"))

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is easy to guess for this person, with the reason."""
        data = self.cleaned_data
        if "password" in data:
            own = [self.account.full_name, self.account.sign_in_name]
            reason = refusal(data["password"], own_words=own)
            if reason:
                self.add_error("password", reason)
        return data


class NewPasskeyForm(GovukForm):
    """A passkey, which the browser makes, in the place of all old ways to sign in."""

    answered_at = BUTTON

    is_neutral = NeutralField()
