"""The proof that the answer to a device is about the one that was shown to this session."""

from django.http import HttpRequest

from accounts.models import Session
from accounts.security import keyed_hash
from idp.models import DeviceGrant

_PURPOSE = "device-confirmation"


def verifier(grant: DeviceGrant, session: Session) -> str:
    """Return what the form carries.

    In two tabs there may be two devices, and the browser keeps the code typed last: neither that
    nor a new name of the service turns an answer about the one into an answer about the other.
    """
    return keyed_hash.digest(_PURPOSE, _message(grant, session))


def fits(request: HttpRequest, grant: DeviceGrant, session: Session) -> bool:
    """Say whether the form sent in carries what `verifier` gave it."""
    presented = request.POST.get("step", "")
    return presented.isascii() and keyed_hash.matches(_PURPOSE, _message(grant, session), presented)


def _message(grant: DeviceGrant, session: Session) -> str:
    application = grant.application
    shown = (application.name, application.organisation.name, application.environment)
    return "\0".join([str(grant.pk), str(session.pk), *shown])
