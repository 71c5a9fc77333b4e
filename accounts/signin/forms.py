"""What somebody types to sign in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.mfa.passkeys.forms import BUTTON
from accounts.pages.forms import GovukForm

# The same words whether the name, the password or both are wrong: they tell nobody which
# addresses have accounts.
NOT_RIGHT = _("The email address or password is not right")


PASSKEY_NOT_RIGHT = _("That passkey did not work. Try again, or sign in another way")


class SignInForm(GovukForm):
    """A name and a password; whether they belong together is not the form's business."""

    sign_in_name = forms.CharField(
        label=_("Email address or sign-in name"),
        max_length=254,
        widget=forms.TextInput(
            attrs={
                # With "webauthn" a browser offers passkeys here (WebAuthn Level 3 §5.1.10).
                "autocomplete": "username webauthn",
                "autocapitalize": "none",
                "spellcheck": False,
            }
        ),
        error_messages={"required": _("Enter your email address or sign-in name")},
    )
    # No max_length: an overlong password is simply not right, and is checked at bounded cost.
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password")},
    )
    shared_device = forms.BooleanField(
        label=_("Other people use this device too"),
        help_text=_("Like in a library. You are signed out sooner, and we remember nothing here."),
        required=False,
    )

    def forget_name(self) -> None:
        """Show no name: whoever finds the page left open at a shared device is somebody else."""
        self.initial = {**self.initial, "sign_in_name": ""}
        if self.is_bound:
            self.data = {**{name: self.data[name] for name in self.data}, "sign_in_name": ""}


class PasskeySignInForm(SignInForm):
    """The same page when a passkey answered: nothing need have been typed."""

    answered_at = BUTTON

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
