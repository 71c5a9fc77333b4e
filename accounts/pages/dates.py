"""A date typed as day, month and year, as GOV.UK's date input asks for it."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

PARTS = ("day", "month", "year")
LABELS: dict[str, Promise] = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
_MISSING: dict[str, Promise] = {
    "day": _("{date} must include a day"),
    "month": _("{date} must include a month"),
    "year": _("{date} must include a year"),
}
_NOT_REAL = _("{date} must be a real date, like 31 3 1980")
_LONGEST = 4


class DateInput(forms.Widget):
    """Three boxes; their names are the field's with the part's behind it."""

    def __init__(self, *, birthday: bool = False) -> None:
        super().__init__()
        self.birthday = birthday

    def value_from_datadict(
        self, data: Mapping[str, Any], files: object, name: str
    ) -> tuple[str, ...]:
        """Return day, month and year as they were typed."""
        del files
        return tuple(str(data.get(f"{name}-{part}", "")).strip() for part in PARTS)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        """Say whether none of the boxes was sent."""
        del files
        return not any(f"{name}-{part}" in data for part in PARTS)

    def format_value(self, value: Any) -> tuple[str, ...]:  # noqa: ANN401
        """Return what stands in each box."""
        if isinstance(value, date):
            return str(value.day), str(value.month), str(value.year)
        return tuple(value) if value else ("",) * len(PARTS)


class DateInputField(forms.Field):
    """A date; `called` begins its errors, as in "Date of birth must include a day"."""

    def __init__(self, *, called: Promise, birthday: bool = False, **kwargs: Any) -> None:
        super().__init__(widget=DateInput(birthday=birthday), **kwargs)
        self.called = called

    def clean(self, value: Any) -> date | None:  # noqa: ANN401 - Django's signature
        """Return the date, or None for a field that may stay empty."""
        if not any(value):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        for part, typed in zip(PARTS, value, strict=True):
            if not typed:
                raise ValidationError(str(_MISSING[part]).format(date=self.called), code=part)
        return self._real(*value)

    def _real(self, day: str, month: str, year: str) -> date:
        # Not int() alone: it takes signs, underscores and the digits of other scripts.
        are_numbers = all(re.fullmatch(r"[0-9]{1,4}", part) for part in (day, month, year))
        if are_numbers and len(year) == _LONGEST:
            try:
                return date(int(year), int(month), int(day))
            except ValueError:
                pass
        raise ValidationError(format_lazy(_NOT_REAL, date=self.called), code="invalid")


def wrong_parts(errors: ErrorList) -> frozenset[str]:
    """Return which boxes the errors are about: one that is empty, else all."""
    codes = {error.code for error in errors.as_data()}
    missing = frozenset(code for code in codes if code in PARTS)
    return missing or frozenset(PARTS if errors else ())
