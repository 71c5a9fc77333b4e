"""Residents' words for what they complain of, and what came of it."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Complaint

KINDS: Final[Mapping[str, Promise]] = {
    Complaint.Kind.WRONG: _("Something that you hold about me is wrong, and I cannot change it"),
    Complaint.Kind.USE: _("How you use or keep what you know about me"),
    Complaint.Kind.SERVICE: _("How a service uses what it got about me from you"),
}
OUTCOMES: Final[Mapping[str, Promise]] = {
    Complaint.Outcome.UPHELD: _("We agree with you"),
    Complaint.Outcome.PARTLY_UPHELD: _("We agree with part of it"),
    Complaint.Outcome.NOT_UPHELD: _("We do not agree"),
}
