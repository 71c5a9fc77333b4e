"""Between a service and the provider: sharing, leaving, signing out."""

from idp.models import AuthorizationRequest
from tests import factories
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, request_id
from tests.protocol.service import Service
from tests.pseudo.looking import look
from tests.pseudo.tour.people import bare

_ALL = ("openid", "profile", "email", "address", "phone", "offline_access")


def _partner(**columns: object) -> Partner:
    of = factories.organisation(name="Ťŕúšť")
    partner = Partner.confidential(name="Ťáẋ", of=of, scopes=_ALL, **columns)
    partner.application.scopes.update(purpose="Ťő ƒíńď ẏőú")
    return partner


def sharing() -> None:
    account = bare()
    ann, partner = Resident(), _partner(is_sensitive=True)
    ann.ask(partner.application)
    ann.sign_in(account)
    page = ann.ask(partner.application, scope=" ".join(_ALL))
    asked = request_id(page)
    look(ann.client, f"/consent?request={asked}", f"/consent/leave?request={asked}")
    look(ann.client, f"/authorize/account?request={asked}", f"/authorize/give-up?request={asked}")
    look(ann.client, "/consent?request=unknown", "/authorize/continue?request=unknown")
    ann.answer(partner.application)
    ann.ask(partner.application, scope=" ".join(_ALL))
    ann.ask(partner.application, response_mode="form_post", prompt="none")


def as_whom() -> None:
    account = bare()
    ann, partner = Resident(), _partner()
    ann.sign_in(account, is_shared_device=True)
    page = ann.ask(partner.application)
    look(ann.client, f"/authorize/account?request={request_id(page)}")


def not_reaching_what_it_needs() -> None:
    account = bare()
    ann = Resident()
    partner = _partner(other_way="Ɍíńǵ")
    ann.sign_in(account)
    ann.ask(partner.application, acr_values="https://refeds.org/profile/mfa")
    asked = AuthorizationRequest.objects.latest("created_at")
    look(ann.client, f"/authorize/give-up?request={asked.pk}")


def signing_out() -> None:
    account = bare()
    factories.signing_keys()
    ann = Resident()
    ann.sign_in(account)
    service = Service(ann, _partner()).sign_in()
    look(ann.client, "/logout", f"/logout?client_id={service.partner.application.client_id}")
    look(ann.client, "/account/stay-signed-in", "/sign-out")
    service.sign_out(post_logout_redirect_uri=None)
    look(ann.client, "/logout", "/sign-out")
    ann.sign_in(account)
    told = _partner(frontchannel_logout_uri="https://service.example.org/front")
    Service(ann, told).sign_in().sign_out()


PARTS = (sharing, as_whom, not_reaching_what_it_needs, signing_out)
