"""Details that a service asks for only if the resident likes; nobody under age is asked.

A child's agreement may not be the council's to ask for (UK GDPR article 8; DPA 2018 section 9).
What a service needs by law or contract stays.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.utils import timezone

from accounts.models import Account
from clients.models import Application, ApplicationScope
from clients.scopes import SCOPES
from idp.consent.rules import Shown, years_old
from idp.models import AuthorizationRequest
from idp.oidc import claims, claims_parameter
from idp.oidc.claims_parameter import AskedByMember


@dataclass(frozen=True)
class ToShare:
    """What an account's owner is asked to share: scopes, and claims one by one.

    `optional` names the scopes whose details they may keep to themselves and still go on; `told` is
    what the application says of each scope that it may ask for; `at_hand` are the claims of which
    the page can say anything.
    """

    scopes: list[str]
    claims: AskedByMember
    optional: frozenset[str] = frozenset()
    told: Mapping[str, ApplicationScope] = field(default_factory=dict)
    at_hand: frozenset[str] = frozenset()

    @property
    def claim_names(self) -> set[str]:
        """The names of all claims that an agreement to this covers."""
        by_scope = claims.names(self.scopes) & self.at_hand
        return by_scope | claims_parameter.names(self.claims)

    def shown(self, application: Application) -> Shown:
        """Return what a page says of this beside the details; needs the organisation loaded."""
        names = self.claim_names
        terms = {
            scope: row.version
            for scope, row in self.told.items()
            if scope in self.scopes or not names.isdisjoint(SCOPES[scope].claims)
        }
        return Shown(application.name, application.organisation.name, terms)

    def without(self, left_out: Collection[str]) -> "ToShare":
        """Return what is left when the details of these scopes are not shared."""
        unasked = claims.names(left_out)
        return replace(
            self,
            scopes=[scope for scope in self.scopes if scope not in left_out],
            claims={
                member: {name: values for name, values in asked.items() if name not in unasked}
                for member, asked in self.claims.items()
            },
        )


def to_share(request: AuthorizationRequest, account: Account) -> ToShare:
    """Return what the request asks this account's owner to share."""
    told = {row.scope: row for row in request.application.scopes.all() if row.scope in SCOPES}
    optional = frozenset(scope for scope, row in told.items() if row.is_optional)
    asked, at_hand = request.scope.split(), claims.at_hand(account)
    whole = ToShare(asked, request.claims, optional, told, at_hand)
    return whole.without(optional) if _is_under_age(account) else whole


def _is_under_age(account: Account) -> bool:
    born = account.date_of_birth
    if born is None:
        return False
    age = years_old(born, on=timezone.localdate())
    return age < int(settings.OPTIONAL_SHARING_AGE)
