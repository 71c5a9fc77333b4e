"""Details that a service asks for only if the resident likes: nobody under age is asked.

A child's agreement may not be the council's to ask for (UK GDPR article 8; DPA 2018 section 9).
What a service needs by law or contract stays.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from accounts.models import Account
from clients.models import ApplicationScope
from idp.consent.rules import years_old
from idp.models import AuthorizationRequest
from idp.oidc import claims, claims_parameter
from idp.oidc.claims_parameter import AskedByMember


@dataclass(frozen=True)
class ToShare:
    """What an account's owner is asked to share: scopes, and claims one by one."""

    scopes: list[str]
    claims: AskedByMember

    @property
    def claim_names(self) -> set[str]:
        """The names of all claims that an agreement to this covers."""
        return claims.names(self.scopes) | claims_parameter.names(self.claims)


def to_share(request: AuthorizationRequest, account: Account) -> ToShare:
    """Return what the request asks this account's owner to share."""
    scopes = request.scope.split()
    if not _is_under_age(account):
        return ToShare(scopes, request.claims)
    agreed_only = request.application.scopes.filter(
        lawful_basis=ApplicationScope.LawfulBasis.CONSENT
    ).exclude(scope="openid")
    left_out = set(agreed_only.values_list("scope", flat=True))
    unasked = claims.names(left_out)
    return ToShare(
        [scope for scope in scopes if scope not in left_out],
        {
            member: {name: values for name, values in asked.items() if name not in unasked}
            for member, asked in request.claims.items()
        },
    )


def _is_under_age(account: Account) -> bool:
    born = account.date_of_birth
    if born is None:
        return False
    age = years_old(born, on=timezone.localdate())
    return age < int(settings.OPTIONAL_SHARING_AGE)
