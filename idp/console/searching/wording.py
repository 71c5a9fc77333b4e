"""Words of the search by name, for staff."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from idp.console.searching.rules import Refusal
from idp.models import NameSearch

EVIDENCE: Final[dict[str, Promise]] = {
    NameSearch.Ground.PASSPORT: _("I have seen their passport"),
    NameSearch.Ground.DRIVING_LICENCE: _("I have seen their driving licence"),
    NameSearch.Ground.RESIDENCE_PERMIT: _("I have seen their residence permit"),
    NameSearch.Ground.OTHER_PHOTO: _("I have seen another official paper with their photo"),
    NameSearch.Ground.TWO_PAPERS: _("I have seen two official papers without a photo"),
}
REASONS: Final[dict[str, Promise]] = {
    NameSearch.Ground.SOMEBODY_DIED: _("Somebody has died"),
    NameSearch.Ground.SOMEBODY_AT_RISK: _("Somebody is at risk"),
    NameSearch.Ground.FORGOT_EVERYTHING: _("They know nothing else about their account"),
    NameSearch.Ground.COURT_OR_POLICE: _("A court or the police ask, by law"),
}
REFUSALS: Final[dict[Refusal, Promise]] = {
    Refusal.NOT_AT_A_COUNTER: _(
        "Evidence is for somebody who is with you: choose “At a counter, in person”"
    ),
    Refusal.FOR_LEADS: _("Only a support lead can search for this reason"),
}
