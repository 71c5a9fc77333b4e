"""What somebody types to choose a new password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from accounts.models.email_address import ADDRESS_LENGTH
from accounts.pages.forms import GovukForm
from accounts.passwords.fields import NewPasswordField
from accounts.passwords.wording import refusal


class NameForm(GovukForm):
    """Whose password it is."""

    sign_in_name = forms.CharField(
        label=_("Email address or sign-in name"),
        max_length=ADDRESS_LENGTH,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Enter your email address or sign-in name")},
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
