"""Why residents must be asked, not told, before they share with an application."""

from typing import Final

from clients.applications.registration import Registration
from clients.applications.rules import Finding, RegistrationProblem

PUBLIC_TASK: Final = "public_task"


def skipping_findings(
    registration: Registration, *, of_council: bool, registered_itself: bool
) -> list[Finding]:
    """Return every reason why residents must be asked, not told, before they share with it.

    What it asks for on another basis is asked for all the same.
    """
    if not registration.skips_sharing:
        return []
    bases = {one.lawful_basis for one in registration.scopes if one.scope == "openid"}
    reasons = {
        RegistrationProblem.ASKS_UNLESS_OF_COUNCIL: not of_council,
        RegistrationProblem.ASKS_AS_IT_REGISTERED_ITSELF: registered_itself,
        RegistrationProblem.ASKS_WHILE_SANDBOX: not registration.live,
        RegistrationProblem.ASKS_AS_SENSITIVE: registration.is_sensitive,
        RegistrationProblem.ASKS_FOR_OTHER_BASIS: bases != {PUBLIC_TASK},
    }
    return [Finding("skips_sharing", problem) for problem, found in reasons.items() if found]
