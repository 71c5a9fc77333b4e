"""Sentences for what became of a change of addresses."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import EmailChange
from accounts.profile.emails.changes.outcome import NotPossible

Kind = EmailChange.Kind

DONE: Final[dict[str, Promise]] = {
    Kind.ADD: _("You added an email address"),
    Kind.REPLACE: _("You changed your main email address"),
    Kind.MAKE_MAIN: _("You changed your main email address"),
    Kind.REMOVE: _("You removed an email address"),
}
NOT_POSSIBLE: Final[dict[NotPossible, Promise]] = {
    NotPossible.ADDRESS_FULL: _("As many accounts as we allow use this email address already."),
    NotPossible.OVERTAKEN: _("Your main email address was changed in another way meanwhile."),
}
