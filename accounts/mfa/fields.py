"""The field for a code from an app or from paper."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.pages.forms import OneTimeCodeField

_BETWEEN = re.compile(r"[ ]+")


class DigitsField(OneTimeCodeField):
    """Digits, and spaces between them; a sign or a digit of another script is no digit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return the digits alone."""
        digits = _BETWEEN.sub("", forms.CharField.clean(self, value))
        if not re.fullmatch(rf"[0-9]{{{self.digits}}}", digits):
            raise ValidationError(self.format_error, code="invalid")
        return digits
