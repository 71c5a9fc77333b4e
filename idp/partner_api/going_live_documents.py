"""What goes in and out about an application's way to residents."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from clients.applications.declared.document import Text, Texts
from clients.applications.parts import Parts
from clients.approval.rules import LONGEST_TEXT, Item, Mark
from clients.models import Submission

# As in RFC 7591 §2, and as a registration calls its parts.
_NAMES = {
    "redirect_uris": "redirect_uris",
    "post_logout_redirect_uris": "post_logout_redirect_uris",
    "backchannel_logout_uri": "backchannel_logout_uri",
    "jwks_uri": "jwks_uri",
    "client_uri": "home_url",
    "policy_uri": "privacy_url",
    "contacts": "contacts",
}
_EXAMPLE: JsonDict = {
    "redirect_uris": ["https://bins.example.org/callback"],
    "policy_uri": "https://bins.example.org/privacy",
    "contacts": ["Sam, sam@bins.example.org"],
    "agreement_reference": "DSA-2026-17",
    "agreement_ends_on": "2028-03-31",
}


class DraftGiven(BaseModel):
    """What the live application differs in from its sandbox, or is to become; with the agreement.

    What is left out stays as it is.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    redirect_uris: Texts = []
    post_logout_redirect_uris: Texts = []
    backchannel_logout_uri: Text = ""
    jwks_uri: Text = ""
    client_uri: Text = ""
    policy_uri: Text = ""
    contacts: Texts = []
    agreement_reference: Annotated[Text, Field(max_length=100)] = ""
    agreement_ends_on: date | None = None

    def parts(self) -> Parts:
        """Return the parts that were sent."""
        sent = self.model_fields_set
        parts: Parts = {part: getattr(self, name) for name, part in _NAMES.items() if name in sent}
        if parts.get("jwks_uri"):
            # One or the other: the sandbox's own keys stay with the sandbox.
            parts["jwks"] = None
        elif "jwks_uri" in parts:
            del parts["jwks_uri"]
        return parts

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
    """A line of the checklist: `how` to do what is missing, `evidence` of what is done."""

    item: Item
    what: str
    how: str
    mark: Mark
    evidence: str


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


class LiveShown(BaseModel):
    """How far an application is on its way to residents.

    `state` of the last round, null before the first; `differences` of the round under way.
    `live_applications` came of this sandbox one.
    """

    state: Submission.State | None
    round: int | None
    checklist: list[LineShown]
    agreement_reference: str
    agreement_ends_on: date | None
    notice: str
    differences: list[PartShown]
    history: list[SaidShown]
    live_applications: list[str]


class TakenShown(BaseModel):
    """The live application that came of it; its secret is shown this once, if it has one."""

    slug: str
    client_id: str
    client_secret: str | None
