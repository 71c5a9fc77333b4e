"""A notice as the service owner types it."""

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.council.service_notices import rules
from accounts.council.service_notices.rules import Problem
from accounts.pages.dates import DateInputField
from accounts.pages.forms import GovukForm
from idp.console.council.notices.wording import ABOUT_END, PROBLEMS

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_TIME_FORMAT = _("Enter a time like 09:30 or 17:00")


class TimeField(forms.CharField):
    """A time of day, as 09:30."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-5"})
        errors = dict.fromkeys(("max_length", "null_characters_not_allowed"), _TIME_FORMAT)
        errors |= kwargs.pop("error_messages", {})
        super().__init__(max_length=8, widget=widget, error_messages=errors, **kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - Django's signature
        """Return the time, or None for a field that may stay empty."""
        typed = super().clean(value)
        if not typed:
            return None
        found = re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", typed)
        if found is None:
            raise ValidationError(_TIME_FORMAT, code="invalid")
        return time(int(found[1]), int(found[2]))


class NoticeForm(GovukForm):
    """What people should know, from when until when; without a beginning, from now."""

    text = forms.CharField(
        label=_("What people should know"),
        help_text=_("One or two sentences, without links. It is not translated."),
        # What is longer on several lines may be short enough on one.
        max_length=2 * rules.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        error_messages={
            "required": PROBLEMS[Problem.MISSING],
            "max_length": PROBLEMS[Problem.TOO_LONG],
            "null_characters_not_allowed": PROBLEMS[Problem.NOT_PLAIN],
        },
    )
    from_date = DateInputField(
        label=_("Show it from"),
        help_text=_("Leave it empty to show it at once"),
        called=_("The beginning"),
        required=False,
    )
    from_time = TimeField(label=_("From what time"), required=False)
    until_date = DateInputField(
        label=_("Show it until"),
        called=_("The end"),
        error_messages={"required": _("Enter the day on which it ends")},
    )
    until_time = TimeField(
        label=_("Until what time"),
        error_messages={"required": _("Enter the time at which it ends")},
    )

    def clean(self) -> dict[str, Any]:
        """Read the text and both times as they will be kept."""
        text = rules.words(self.cleaned_data.get("text") or "")
        if "text" in self.cleaned_data and (problem := rules.problem_of_text(text)):
            self.refuse(problem)
        self.cleaned_data["text"] = text
        if not self.errors:
            self._read_times()
        return self.cleaned_data

    def _read_times(self) -> None:
        given, now = self.cleaned_data, timezone.now()
        day, hour = given["from_date"], given["from_time"]
        if day is None and hour is not None:
            self.add_error("from_date", _("Enter the day on which it begins"))
            return
        given["starts_at"] = _moment(day, hour or time()) if day else now
        given["ends_at"] = _moment(given["until_date"], given["until_time"])
        problem = rules.problem_of_times(starts=given["starts_at"], ends=given["ends_at"], now=now)
        if problem is not None:
            self.refuse(problem)

    def refuse(self, problem: Problem) -> None:
        """Say why it cannot be published, where it is to be mended."""
        words: StrPromise | str = PROBLEMS[problem]
        field = "until_date" if problem in ABOUT_END else "text"
        self.add_error("from_date" if problem is Problem.TOO_FAR_AHEAD else field, str(words))


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
