"""Proofs, why something is none, and what is missing to go live, in words."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clients.models import OrganisationProof
from clients.organisations.proving.rules import Missing, ProofProblem

State, Kind = OrganisationProof.State, OrganisationProof.Kind

KINDS: Final[dict[str, Promise]] = {
    Kind.DOMAIN: _("Domain"),
    Kind.CHARITY: _("Charity number"),
    Kind.COMPANY: _("Company number"),
}
KIND_HINTS: Final[dict[str, Promise]] = {
    Kind.DOMAIN: _("You add a record to it, and we look for that: it counts at once"),
    Kind.CHARITY: _("The council looks it up: this takes some days"),
    Kind.COMPANY: _("The council looks it up: this takes some days"),
}
STATES: Final[dict[str, Promise]] = {
    State.WAITING: _("Waiting for the council"),
    State.STANDING: _("Checked"),
    State.LAPSED: _("Not found any more"),
    State.REFUSED: _("Not accepted"),
}
DOMAIN_WAITS: Final = _("Waiting for the record")
PROOF_PROBLEMS: Final = {
    ProofProblem.EMPTY: _("Enter the domain or number"),
    ProofProblem.DOMAIN: _("Enter a domain, such as riverside-trust.org.uk"),
    ProofProblem.DOMAIN_NUMBER: _("Enter a domain, not the number of a machine"),
    ProofProblem.DOMAIN_INSIDE: _("Enter a domain on the public internet"),
    ProofProblem.DOMAIN_IDN: _(
        "Enter a domain of plain letters a to z: others can be drawn like somebody else’s"
    ),
    ProofProblem.DOMAIN_SHARED: _(
        "Others register domains of their own under this one: enter yours, such as "
        "riverside-trust.org.uk"
    ),
    ProofProblem.CHARITY: _(
        "Enter a charity number as in the public register: 6 or 7 digits, or SC or NIC and 6 digits"
    ),
    ProofProblem.COMPANY: _(
        "Enter a company number: 8 digits, or 2 letters and 6 digits, as at Companies House"
    ),
    ProofProblem.GIVEN: _("You have given this already"),
    ProofProblem.TOO_MANY: _("You have given as many as there can be: remove one first"),
}
MISSING: Final[dict[Missing, Promise]] = {
    Missing.ACTIVE: _("The organisation is suspended: call the council"),
    Missing.OWNER: _("An owner: call the council"),
    Missing.SECOND_OWNER: _(
        "A second owner: invite one, or ask the council to be it if your organisation is small"
    ),
    Missing.PROOF: _("Proof of who you are: a domain, or a charity or company number"),
}
NOT_FOUND: Final = _(
    "We did not find the record yet. It can take an hour until others see a new one: try again then"
)
NO_ANSWER: Final = _("The domain’s name servers did not answer: try again in a while")


def state_of(proof: OrganisationProof) -> str:
    """Return in words how a proof stands."""
    waits_for_record = proof.kind == Kind.DOMAIN and proof.state == State.WAITING
    return str(DOMAIN_WAITS if waits_for_record else STATES[proof.state])
