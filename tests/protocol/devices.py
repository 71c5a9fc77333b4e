"""A device without a browser: it asks for its codes and polls until its owner has answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import F

from accounts.audit.actor import SYSTEM
from accounts.models import Account, Session
from accounts.security import keyed_hash
from idp.models import Consent, DeviceGrant
from idp.oidc import device_codes
from idp.oidc.authorize import operations
from tests import factories
from tests.factories import agreements, people
from tests.protocol.partner import Partner, body
from tests.protocol.resident import Resident, Response

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

GRANT = "urn:ietf:params:oauth:grant-type:device_code"
SCOPES = "openid profile offline_access"
QUESTION = "Let another device sign in to Council Tax as you?"
LET_IN = "Your device can use Council Tax now"


def maker(*, public: bool = True, **columns: Any) -> Partner:
    """Return an application that is registered for devices."""
    columns = {"grant_types": [GRANT, "refresh_token"], "redirect_uris": "", **columns}
    return Partner.public(**columns) if public else Partner.confidential(**columns)


@dataclass
class Device:
    """One device, with what the provider answered it."""

    partner: Partner
    answer: dict[str, Any]

    @classmethod
    def asks(cls, partner: Partner | None = None, **changes: str) -> "Device":
        """Return a device that has its codes."""
        partner = partner or maker()
        response = ask(partner, **changes)
        assert response.status_code == 200, response.content
        return cls(partner, body(response))

    @property
    def user_code(self) -> str:
        """What its screen shows."""
        return str(self.answer["user_code"])

    @property
    def row(self) -> DeviceGrant:
        """What we know of it."""
        hashes = keyed_hash.candidates("device_code", self.answer["device_code"])
        return DeviceGrant.objects.get(device_code_hash__in=hashes)

    def poll(self, *, by: Partner | None = None, **changes: str) -> "Answer":
        """Ask for tokens, with changes to the right parameters; an empty one is left out."""
        parameters = {"grant_type": GRANT, "device_code": self.answer["device_code"], **changes}
        sent = {name: text for name, text in parameters.items() if text}
        return (by or self.partner).post("/token", sent)

    def tokens(self) -> dict[str, Any]:
        """Return the tokens of a device that was let in."""
        response = self.poll()
        assert response.status_code == 200, response.content
        return body(response)

    def waits(self, seconds: float) -> None:
        """Let everything that it did have been that much earlier."""
        earlier = timedelta(seconds=seconds)
        DeviceGrant.objects.filter(pk=self.row.pk).update(
            polled_at=F("polled_at") - earlier, used_at=F("used_at") - earlier
        )

    def expires(self) -> None:
        """Let its codes be out of date."""
        DeviceGrant.objects.filter(pk=self.row.pk).update(expires=F("created_at"))

    def is_let_in(
        self,
        account: Account | None = None,
        *,
        session: Session | None = None,
        scopes: Iterable[str] = SCOPES.split(),
    ) -> Session:
        """Let it in, as the pages do once everything is confirmed, and return the session."""
        account = account or (session.account if session else people.account())
        session = session or people.session(account)
        application, row = self.partner.application, self.row
        current = account.consents.filter(application=application, superseded_at=None).first()
        operations.let_device_in(
            row=factories.authorization_request(
                application,
                device_grant=row,
                scope=row.scope,
                acr_values=row.acr_values,
                redirect_uri="",
            ),
            device=row.pk,
            session=session,
            consent=current or agreements.consent(account, application, scopes=scopes),
            by=SYSTEM,
        )
        return session

    def is_turned_away(self) -> None:
        """Refuse it."""
        assert device_codes.refuse(device=self.row.pk)


def ask(partner: Partner, **changes: str) -> "Answer":
    """Ask for codes, with changes to the right parameters; an empty one is left out."""
    parameters = {"scope": SCOPES, **changes}
    sent = {name: text for name, text in parameters.items() if text}
    return partner.post("/device-authorization", sent)


def type_code(resident: Resident, code: str, *, at: str = "/device") -> Response:
    """Open the page, type the code and send it."""
    return resident.press(resident.get(at), "continue", user_code=code)


def let_in(resident: Resident, device: Device) -> Response:
    """Type the code, confirm, share where that is asked, and return the last page."""
    page = resident.press(type_code(resident, device.user_code), "allow")
    if page.wsgi_request.path == "/consent":
        page = resident.press(page, "share")
    return page


def nothing_happened(device: Device) -> bool:
    """Say whether the device still waits, and nobody has agreed to share anything."""
    return device.row.status == DeviceGrant.AUTHORIZATION_PENDING and not Consent.objects.exists()
