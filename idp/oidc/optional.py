"""Details that a service asks for only if the resident likes: nobody under age is asked.

A child's agreement may not be the council's to ask for (UK GDPR article 8; DPA 2018 section 9).
What a service needs by law or contract stays.
"""

from django.conf import settings
from django.utils import timezone

from accounts.models import Account
from clients.models import ApplicationScope
from idp.consent.rules import years_old
from idp.models import AuthorizationRequest


def scopes_for(request: AuthorizationRequest, account: Account) -> list[str]:
    """Return the scopes of the request that this account's owner is asked to share."""
    asked = request.scope.split()
    if not _is_under_age(account):
        return asked
    agreed_only = request.application.scopes.filter(
        lawful_basis=ApplicationScope.LawfulBasis.CONSENT
    ).exclude(scope="openid")
    left_out = set(agreed_only.values_list("scope", flat=True))
    return [scope for scope in asked if scope not in left_out]


def _is_under_age(account: Account) -> bool:
    born = account.date_of_birth
    if born is None:
        return False
    age = years_old(born, on=timezone.localdate())
    return age < int(settings.OPTIONAL_SHARING_AGE)
