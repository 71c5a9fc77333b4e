"""Kinds of applications as their developers know them, and reasons at the fields of a form."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from clients.applications.registration import Kind
from clients.applications.rules import Finding
from clients.applications.wording import sentence_without_value

KIND_QUESTIONS: Final[dict[str, Promise]] = {
    Kind.WEB: _("A website with a server of its own"),
    Kind.SPA: _("A single-page app that runs in the browser"),
    Kind.NATIVE: _("An app on a phone or a computer"),
    Kind.SERVICE: _("A program that works without people"),
    Kind.DEVICE: _("A device without a keyboard, such as a television"),
}
KIND_HINTS: Final[dict[str, Promise]] = {
    Kind.WEB: _("Its server keeps a secret. Choose this if you are not sure."),
    Kind.SPA: _("It has no secret, because anybody can read what a browser holds."),
    Kind.NATIVE: _("It has no secret either, and may use any port on the same computer."),
    Kind.SERVICE: _("It calls APIs in its own name. No resident signs in to it."),
    Kind.DEVICE: _("It shows a code, which residents type on another screen."),
}
_LONGEST_SHOWN: Final = 80


def told(finding: Finding, *, with_value: bool) -> str:
    """Return the reason for whoever filled in the form, with what it is about if that is asked."""
    reason = sentence_without_value(finding)
    if not with_value or not finding.value:
        return reason
    # What cannot be seen, such as a tab, is shown as its code.
    value = repr(finding.value[:_LONGEST_SHOWN])[1:-1]
    return _now("{value} – {reason}").format(value=value, reason=reason)
