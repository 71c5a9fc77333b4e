"""What somebody types to add an address or to change the main one."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models.email_address import address_key
from accounts.notices.forms import MailAddressField
from accounts.pages.forms import GovukForm


class AddressForm(GovukForm):
    """An address that the account does not have yet; `own` are the keys of those it has."""

    email = MailAddressField(
        label=_("New email address"),
        help_text=_("We will send a code to this address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={"required": _("Enter an email address")},
    )

    def __init__(self, *args: Any, own: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = own

    def clean_email(self) -> str:
        """Return the address, refused if it is the account's own already."""
        address: str = self.cleaned_data["email"]
        if address_key(address) in self.own:
            message = _("Your account has this email address already. Enter another one")
            raise ValidationError(message, code="own")
        return address


class MainAddressForm(AddressForm):
    """Another main address, and whether it is to sign in with too."""

    sign_in_name = forms.ChoiceField(
        label=_("Do you want to sign in with the new address?"),
        choices=(
            ("yes", _("Yes, sign in with the new address")),
            ("no", _("No, keep signing in with the old one")),
        ),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whether you want to sign in with the new address"),
            "invalid_choice": _("Choose whether you want to sign in with the new address"),
        },
    )

    def __init__(self, *args: Any, signs_in_with_old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not signs_in_with_old:
            del self.fields["sign_in_name"]

    @property
    def changes_sign_in_name(self) -> bool:
        """Whether the sign-in name is to become the new address."""
        return bool(self.cleaned_data.get("sign_in_name") == "yes")
