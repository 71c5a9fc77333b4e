"""What somebody says about a key before it is made."""

from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.mfa.forms import NameForm
from accounts.names.rules import is_plain_name

# The button that makes the browser ask for a passkey or a key.
BUTTON: Final = "use-passkey"


class NeutralField(forms.BooleanField):
    """Whether the passkey is to be stored without its owner's name."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Store it without my name"),
            help_text=_("Anyone who looks at the passkeys on this device then sees only its date."),
            required=False,
        )


class SecurityKeyForm(NameForm):
    """What to call a security key; it stores no name itself."""

    answered_at = BUTTON

    def clean_label(self) -> str:
        """Return the name, refused if nobody could see it."""
        label: str = self.cleaned_data["label"]
        if not is_plain_name(label):
            raise ValidationError(_("Enter a name with letters, without hidden characters"))
        return label


class PasskeyForm(SecurityKeyForm):
    """What to call a passkey here, and what the device is to call it."""

    is_neutral = NeutralField()
