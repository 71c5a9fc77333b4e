"""What somebody types to sign in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.pages.forms import GovukForm

# The same words whether the name, the password or both are wrong: they tell nobody which
# addresses have accounts.
NOT_RIGHT = _("The email address or password is not right")


class SignInForm(GovukForm):
    """A name and a password; whether they belong together is not the form's business."""

    sign_in_name = forms.CharField(
        label=_("Email address or sign-in name"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": False}
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
