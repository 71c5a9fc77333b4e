"""A form field for an address that mail can be sent to."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from accounts.models.account import sign_in_key
from accounts.models.email_address import ADDRESS_LENGTH, address_key
from accounts.pages.wording import EMAIL_FORMAT


class MailAddressField(forms.EmailField):
    """An address on the public internet, of a length that every column of ours can hold."""

    # Mail to localhost or to a bare IP address would let a stranger reach machines behind us.
    default_validators = [EmailValidator(message=EMAIL_FORMAT, allowlist=[])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=ADDRESS_LENGTH, **kwargs)

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the address as typed, without blanks around it."""
        address: str = super().clean(value)
        # Compatibility forms grow when they are folded: one character can become eighteen.
        longest = max(len(address_key(address)), len(sign_in_key(address)))
        if "[" in address or '"' in address or longest > ADDRESS_LENGTH:
            raise ValidationError(EMAIL_FORMAT, code="invalid")
        return address
