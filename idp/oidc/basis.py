"""What tokens are issued on, whichever grant led to them."""

from dataclasses import dataclass, field
from uuid import UUID

from accounts.audit.operations import About
from accounts.models import Account, Session
from clients.models import Application
from idp.models import Consent, Participant
from idp.oidc.assurance import Authentication
from idp.oidc.claims_parameter import AskedByMember
from idp.oidc.confirmation import Confirmation


@dataclass(frozen=True)
class Basis:
    """A resident, an application, and what the one allowed the other.

    `scopes` is what the access token gets, `granted` what the resident allowed: a refresh token
    keeps that (RFC 6749 §6); `resource` and `granted_resource` likewise, empty for this provider
    (RFC 8707 §2.2). `signing_kid` names the key that signs now. `claims` are those asked for one
    by one. `session` is None for tokens that outlive the sign-in. `cnf` is
    the key that they are bound to. `old_ids` are what the
    application called the resident before, sealed.
    """

    account: Account
    application: Application
    consent: Consent
    participant: Participant
    session: Session | None
    family: UUID
    subject: str
    signing_kid: str | None
    scopes: list[str]
    granted: str
    authentication: Authentication
    claims: AskedByMember
    resource: str = ""
    granted_resource: str = ""
    cnf: Confirmation = field(default_factory=dict)
    nonce: str = field(default="", repr=False)
    old_ids: str | None = field(default=None, repr=False)

    def about(self) -> About:
        """Return what the audit log says of tokens issued on this."""
        return About(
            account_id=self.account.pk,
            session_id=self.session.pk if self.session else None,
            organisation_id=self.application.organisation_id,
            application_id=self.application.client_id,
            object_kind="token_family",
            object_id=str(self.family),
        )
