"""What the pages of complaints show."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.complaints.wording import KINDS, OUTCOMES
from accounts.models import Complaint


def rows(complaints: Iterable[Complaint]) -> list[dict[str, Any]]:
    """Return complaints as a summary list takes them."""
    return [_row(complaint) for complaint in complaints]


def _row(complaint: Complaint) -> dict[str, Any]:
    made = date_format(localtime(complaint.made_at), "j F Y")
    action = {
        "href": reverse("complaints:made", args=[complaint.code]),
        "text": _("See"),
        "visuallyHiddenText": _("what you sent on {day}, reference {code}").format(
            day=made, code=readable(complaint.code)
        ),
    }
    return {
        "key": {"text": made},
        "value": {"html": _value(complaint)},
        "actions": {"items": [action]},
    }


def _value(complaint: Complaint) -> str:
    about, state = KINDS[complaint.kind], _state(complaint)
    return format_html('{}<div class="govuk-hint govuk-!-margin-bottom-0">{}</div>', about, state)


def _state(complaint: Complaint) -> str:
    if complaint.answered_at is None:
        day = date_format(complaint.due_on, "j F Y")
        return _("We answer by {day}").format(day=day)
    return str(OUTCOMES[complaint.outcome])


def details(complaint: Complaint) -> dict[str, Any]:
    """Return the words of one complaint's page."""
    return {
        "complaint": complaint,
        "code": readable(complaint.code),
        "kind": KINDS[complaint.kind],
        "outcome": OUTCOMES.get(complaint.outcome),
    }


def readable(code: str) -> str:
    """Return a code in two halves, as it is read out."""
    return f"{code[:4]}-{code[4:]}"
