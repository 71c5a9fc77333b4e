"""What goes in and out about an application's way to residents."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from clients.applications.certificates import rules as certificates
from clients.applications.certificates.rules import SubjectKind
from clients.applications.declared.document import Text, Texts
from clients.applications.parts import Parts
from clients.approval.rules import LONGEST_TEXT, Item, Mark
from clients.models import Submission

# As in RFC 7591 §2 and OpenID Connect, and as a registration calls its parts.
_NAMES = {
    "redirect_uris": "redirect_uris",
    "post_logout_redirect_uris": "post_logout_redirect_uris",
    "backchannel_logout_uri": "backchannel_logout_uri",
    "frontchannel_logout_uri": "frontchannel_logout_uri",
    "initiate_login_uri": "initiate_login_uri",
    "client_uri": "home_url",
    "policy_uri": "privacy_url",
    "contacts": "contacts",
}
_KEYS = frozenset({"jwks", "jwks_uri"})
_AGREEMENT = frozenset({"agreement_reference", "agreement_ends_on"})
_EXAMPLE: JsonDict = {
    "redirect_uris": ["https://bins.example.org/callback"],
    "policy_uri": "https://bins.example.org/privacy",
    "contacts": ["Sam, sam@bins.example.org"],
    "agreement_reference": "DSA-2026-17",
    "agreement_ends_on": "2028-03-31",
}


class DraftGiven(BaseModel):
    """What the live application has for itself, or is to become; and the agreement.

    What is left out stays as it is. Keys (one of the two) are of one that is to go live and
    authenticates with them; those of a live application are changed as credentials. The name in a
    certificate (one of the five, RFC 8705 section 2.1.2) is of one that authenticates by
    tls_client_auth.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    redirect_uris: Texts = []
    post_logout_redirect_uris: Texts = []
    backchannel_logout_uri: Text = ""
    frontchannel_logout_uri: Text = ""
    initiate_login_uri: Text = ""
    jwks: dict[str, Any] | None = None
    jwks_uri: Text = ""
    tls_client_auth_subject_dn: Text = ""
    tls_client_auth_san_dns: Text = ""
    tls_client_auth_san_uri: Text = ""
    tls_client_auth_san_ip: Text = ""
    tls_client_auth_san_email: Text = ""
    client_uri: Text = ""
    policy_uri: Text = ""
    contacts: Texts = []
    agreement_reference: Annotated[Text, Field(max_length=100)] = ""
    agreement_ends_on: date | None = None

    @property
    def gives_keys(self) -> bool:
        """Whether it says anything of keys."""
        return not _KEYS.isdisjoint(self.model_fields_set)

    @property
    def gives_agreement(self) -> bool:
        """Whether it says anything of the agreement."""
        return not _AGREEMENT.isdisjoint(self.model_fields_set)

    def parts(self) -> Parts:
        """Return the parts that were sent; keys take the place of whatever there was."""
        sent = self.model_fields_set
        parts: Parts = {part: getattr(self, name) for name, part in _NAMES.items() if name in sent}
        if self.gives_keys:
            parts |= {"jwks": self.jwks, "jwks_uri": self.jwks_uri}
        return {**parts, **self._certificate()}

    def _certificate(self) -> Parts:
        given = {str(kind): getattr(self, certificates.member(kind)) for kind in SubjectKind}
        if self.model_fields_set.isdisjoint(map(certificates.member, SubjectKind)):
            return {}
        return vars(certificates.named(given))

    def agreement(self, draft: Submission) -> tuple[str, date | None]:
        """Return reference and last day of the agreement; what was not sent is the draft's."""
        sent = self.model_fields_set
        has_reference, has_end = "agreement_reference" in sent, "agreement_ends_on" in sent
        return (
            self.agreement_reference if has_reference else draft.agreement_reference,
            self.agreement_ends_on if has_end else draft.agreement_ends_on,
        )


class CommentGiven(BaseModel):
    """Something that both sides read."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[Text, Field(max_length=LONGEST_TEXT)]


class LineShown(BaseModel):
    """A line of the checklist: `how` to do it, or `evidence`, what it rests on where it is done.

    `is_gone`: what was there when it was sent is no longer.
    """

    item: Item
    what: str
    how: str
    mark: Mark
    evidence: str
    is_gone: bool


class PartShown(BaseModel):
    """What becomes of one part; `is_reviewed`: the council looks at it before it counts."""

    part: str
    before: list[str]
    after: list[str]
    is_reviewed: bool


class SaidShown(BaseModel):
    """A comment, or (`what` is set) what somebody of the council decided, and why."""

    at: datetime
    who: str
    what: str = ""
    text: str


class LogoChange(BaseModel):
    """Where the logo is shown that it has, and the one that is asked for; empty of none."""

    before: str
    after: str


class LiveShown(BaseModel):
    """How far an application is on its way to residents.

    `state` of the last round, null before the first; `differences` of the round under way, and
    `logo`, null where it stays as it is.
    `live_applications` came of this sandbox one.
    """

    state: Submission.State | None
    round: int | None
    checklist: list[LineShown]
    agreement_reference: str
    agreement_ends_on: date | None
    notice: str
    differences: list[PartShown]
    logo: LogoChange | None
    history: list[SaidShown]
    live_applications: list[str]


class TakenShown(BaseModel):
    """The live application that came of it; its secret is shown this once, if it has one."""

    slug: str
    client_id: str
    client_secret: str | None
