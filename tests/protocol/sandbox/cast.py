"""An organisation that tries out a service, and everybody else."""

from dataclasses import dataclass

from accounts.models import Account
from clients.models import Application, Organisation
from idp.models import Consent
from tests import factories

SIGN_IN, SHARING = "/sign-in", "/consent"


@dataclass
class Cast:
    """An organisation that tries out a service, its test resident, and everybody else."""

    trust: Organisation
    sandbox: Application
    live: Application
    maya: Account
    ann: Account
    stranger: Account


def settled(person: Account, application: Application) -> Consent:
    """Return an agreement which would let the person straight in, were they served."""
    return factories.consent(person, application)
