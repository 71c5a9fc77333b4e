"""A form field for an address that mail can be sent to."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode

from accounts.models.email_address import ADDRESS_LENGTH, address_key
from accounts.pages.wording import EMAIL_FORMAT, EMAIL_LETTERS


class MailAddressField(forms.EmailField):
    """An address on the public internet, of a length that every column of ours can hold."""

    # Mail to localhost or to a bare IP address would let a stranger reach machines behind us.
    default_validators = [EmailValidator(message=EMAIL_FORMAT, allowlist=[])]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=ADDRESS_LENGTH, **kwargs)

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the address as mail servers know it: in ASCII, without blanks around it."""
        typed: str = super().clean(value)
        address = _in_ascii(typed)
        # Today's folding knows letters that the encoding of domains (RFC 3490) does not: mail would
        # go to one domain and prove an address at another.
        is_another = address_key(address) != address_key(typed)
        if "[" in address or '"' in address or is_another or len(address) > ADDRESS_LENGTH:
            raise ValidationError(EMAIL_FORMAT, code="invalid")
        return address


def _in_ascii(typed: str) -> str:
    name, _at, domain = typed.rpartition("@")
    # Some fold to an ASCII letter, and would prove the mailbox of that spelling.
    if not name.isascii():
        raise ValidationError(EMAIL_LETTERS, code="letters")
    try:
        return f"{name}@{punycode(domain)}"
    except UnicodeError as error:
        raise ValidationError(EMAIL_FORMAT, code="invalid") from error
