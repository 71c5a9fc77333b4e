"""What things are held for and until when, in words."""

from datetime import timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.retention.queries import table_of
from accounts.retention.vocabulary import After, AtClosing, Endless, Purpose, Table

PURPOSES: Final[dict[Purpose, Promise]] = {
    Purpose.SIGN_IN: gettext_lazy("To let people sign in, and nobody else in their name"),
    Purpose.SAFETY: gettext_lazy("To notice misuse of an account and to undo it"),
    Purpose.REACH: gettext_lazy("To write to people about their account and to get them back in"),
    Purpose.PROFILE: gettext_lazy("To keep the details that people may share with services"),
    Purpose.SHARING: gettext_lazy("To give services the details that people share with them"),
    Purpose.PROOF: gettext_lazy("To show what was shared with whom, and that it was right"),
    Purpose.RIGHTS: gettext_lazy("To answer people who complain, want a copy or want to leave"),
    Purpose.PARTNERS: gettext_lazy("To reach the people who look after a service"),
}
_PUBLIC_TASK: Final = "public task, UK GDPR article 6(1)(e)"
# For the record of processing alone: what a council stands on, unless it decides otherwise.
LAWFUL_BASES: Final[dict[Purpose, str]] = {
    **dict.fromkeys(Purpose, _PUBLIC_TASK),
    Purpose.SHARING: f"{_PUBLIC_TASK}; consent, article 6(1)(a), for what is a choice",
    Purpose.PROOF: "legal obligation, UK GDPR article 6(1)(c), with articles 5(2) and 7(1)",
    Purpose.RIGHTS: "legal obligation, UK GDPR article 6(1)(c), with articles 12 to 22",
}


def period(table: Table) -> str:
    """Return until when rows are kept."""
    ends = table.ends
    if isinstance(ends, After):
        words = _("{time} after {moment}") if ends.time else _("Until {moment}")
        return words.format(time=_time(ends.time), moment=ends.when)
    if isinstance(ends, Endless):
        return str(ends.why)
    if isinstance(ends, AtClosing):
        return _("Until the account is closed for good")
    parent = table.parent()
    assert parent is not None  # noqa: S101 - what else ends with another row has one
    return _("As long as: {what}").format(what=table_of(parent).what)


def _time(time: timedelta) -> str:
    years, days = divmod(time.days, 365)
    if years and not days:
        return ngettext("{n} year", "{n} years", years).format(n=years)
    if time.days:
        return ngettext("{n} day", "{n} days", time.days).format(n=time.days)
    hours = int(time.total_seconds() // 3600)
    return ngettext("{n} hour", "{n} hours", hours).format(n=hours)
