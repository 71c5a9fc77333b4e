"""What makes an account: a full name, a password, and a sign-in name where the address is taken."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.names.fields import FullNameField, SignInNameField
from accounts.pages.forms import GovukForm
from accounts.passwords.fields import NewPasswordField
from accounts.passwords.wording import refusal

NAME_TAKEN = _("Choose another sign-in name. Somebody has this one")


class DetailsForm(GovukForm):
    """The last page of a sign-up."""

    full_name = FullNameField()
    sign_in_name = SignInNameField()
    password = NewPasswordField()

    def __init__(self, *args: Any, address: str, needs_own_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        if not needs_own_name:
            del self.fields["sign_in_name"]

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is easy to guess for this person, with the reason."""
        data = self.cleaned_data
        if "password" in data:
            names = [data.get("full_name", ""), data.get("sign_in_name", ""), self.address]
            reason = refusal(data["password"], own_words=names)
            if reason:
                self.add_error("password", reason)
        return data
