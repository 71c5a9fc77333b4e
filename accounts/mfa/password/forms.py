"""What somebody types to change their password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from accounts.pages.forms import GovukForm
from accounts.passwords.fields import NewPasswordField
from accounts.passwords.wording import refusal

NOT_RIGHT = _("This is not your password")


class PasswordForm(GovukForm):
    """The old password, unless its owner has just signed in, and a new one."""

    old_password = forms.CharField(
        label=_("Password that you have now"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter the password that you have now")},
    )
    password = NewPasswordField(label=_("New password"))

    def __init__(self, *args: Any, account: Account, asks_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        if not asks_old:
            del self.fields["old_password"]

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is easy to guess for this person, with the reason."""
        data = self.cleaned_data
        if "password" in data:
            own = [self.account.full_name, self.account.sign_in_name]
            reason = refusal(data["password"], own_words=own)
            if reason:
                self.add_error("password", reason)
        return data
