"""Why a resource was refused, in words."""

from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.applications.addresses.wording import ADDRESS_PROBLEMS
from clients.organisations.wording import NAME_PROBLEMS
from clients.resources.rules import Finding, ResourceProblem

RESOURCE_PROBLEMS: Final[dict[StrEnum, Promise]] = {
    ResourceProblem.IDENTIFIER_OURS: _("The address is this provider's own"),
    ResourceProblem.IDENTIFIER_TAKEN: _("Another resource has this identifier or short name"),
    ResourceProblem.SCOPE_MALFORMED: _(
        "A scope is 1 to 60 printable characters of ASCII without spaces, quotes or backslashes"
    ),
    ResourceProblem.SCOPE_REPEATED: _("The scope is given twice"),
    ResourceProblem.SCOPE_OF_RESIDENTS: _("The scope stands for what residents share"),
    ResourceProblem.SCOPE_OF_EVENTS: _("Scopes that begin with ssf. are this provider's own"),
    ResourceProblem.TOO_MANY_SCOPES: _("Give at most 50 scopes"),
    ResourceProblem.SERVER_PUBLIC: _("A public application may not ask about tokens"),
    ResourceProblem.SERVER_OF_ANOTHER_ORGANISATION: _(
        "Only an application of the resource's own organisation may ask about its tokens"
    ),
}
_PROBLEMS: Final[dict[StrEnum, Promise]] = {
    **NAME_PROBLEMS,
    **ADDRESS_PROBLEMS,
    **RESOURCE_PROBLEMS,
}
_LONGEST_SHOWN: Final = 100


def sentence(finding: Finding) -> str:
    """Return one line for the person who described the resource."""
    # repr() shows what cannot be seen, such as a line break or a change of direction.
    value = repr(finding.value[:_LONGEST_SHOWN]) if finding.value else ""
    about = f"{finding.part} {value}".rstrip()
    return f"{about}: {_PROBLEMS[finding.problem]}"
