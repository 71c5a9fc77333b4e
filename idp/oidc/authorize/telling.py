"""Whether residents are told of what the council's own service gets, instead of being asked first.

Only of what its public task needs, and only whoever a mail reaches and who has never said no to it.
"""

from collections.abc import Collection

from accounts.models import Account
from accounts.notices.queries import addresses_to_tell
from clients.applications.columns import described
from clients.applications.skipping import PUBLIC_TASK, skipping_findings
from clients.models import Application
from idp.blocking import queries as blocking
from idp.consent import queries as consents
from idp.consent.rules import Coverage
from idp.hiding.queries import is_sensitive
from idp.models import AuthorizationRequest, Consent
from idp.oidc import claims
from idp.oidc.optional import ToShare


def will_do(
    row: AuthorizationRequest,
    account: Account,
    asked: ToShare,
    *,
    former: Consent | None,
    gaps: Collection[Coverage],
) -> bool:
    """Say whether what is asked for may be shared by telling alone.

    `gaps` are the reasons why the former agreement does not cover it.
    """
    application = row.application
    return (
        _is_first_party(application)
        and _needs_it_all(application, asked)
        and not _was_kept_back(asked, former)
        # Somebody chose the address: another takes its place only by their choice.
        and Coverage.ADDRESS_GONE not in gaps
        and not consents.was_stopped(account, application)
        # A mail may be read by others, and names what is hidden to nobody.
        and not is_sensitive(application, account)
        and bool(addresses_to_tell(account))
        # Whoever unblocked it was promised that nothing is shared before they say so.
        and not blocking.was_lifted(application, account)
    )


def _is_first_party(application: Application) -> bool:
    """Say so afresh: its organisation or its terms may be others than when it was marked."""
    if not application.skips_sharing:
        return False
    return not skipping_findings(
        described(application),
        of_council=application.organisation.is_council,
        registered_itself=application.initial_access_token_id is not None,
    )


def _needs_it_all(application: Application, asked: ToShare) -> bool:
    needed = {row.scope for row in application.scopes.all() if row.lawful_basis == PUBLIC_TASK}
    return needed.issuperset(asked.scopes) and claims.names(needed).issuperset(asked.claim_names)


def _was_kept_back(asked: ToShare, former: Consent | None) -> bool:
    if former is None:
        return False
    return not (
        set(asked.scopes).isdisjoint(former.declined_scopes)
        and asked.claim_names.isdisjoint(former.declined_claims)
    )
