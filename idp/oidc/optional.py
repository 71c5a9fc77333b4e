"""Details that a service asks for only if the resident likes; nobody under age is asked.

A child's agreement may not be the council's to ask for (UK GDPR article 8; DPA 2018 section 9).
What a service needs by law or contract stays.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone

from accounts.models import Account
from clients.models import Application
from idp.consent.rules import years_old
from idp.models import AuthorizationRequest
from idp.oidc import claims, claims_parameter
from idp.oidc.claims_parameter import AskedByMember


@dataclass(frozen=True)
class ToShare:
    """What an account's owner is asked to share: scopes, and claims one by one.

    `optional` names the scopes whose details they may keep to themselves and still go on.
    """

    scopes: list[str]
    claims: AskedByMember
    optional: frozenset[str] = frozenset()

    @property
    def claim_names(self) -> set[str]:
        """The names of all claims that an agreement to this covers."""
        return claims.names(self.scopes) | claims_parameter.names(self.claims)

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
    whole = ToShare(request.scope.split(), request.claims, _by_choice(request.application))
    return whole.without(whole.optional) if _is_under_age(account) else whole


def _by_choice(application: Application) -> frozenset[str]:
    return frozenset(row.scope for row in application.scopes.all() if row.is_optional)


def _is_under_age(account: Account) -> bool:
    born = account.date_of_birth
    if born is None:
        return False
    age = years_old(born, on=timezone.localdate())
    return age < int(settings.OPTIONAL_SHARING_AGE)
