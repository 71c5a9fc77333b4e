"""Between a service and the provider: sharing, leaving, signing out."""

from django.utils import timezone

from accounts.audit.actor import resident
from clients.models import Organisation
from idp.blocking import operations as blocking
from idp.models import AuthorizationRequest, Consent
from tests import factories
from tests.accounts import post
from tests.protocol.devices import Device, let_in, maker, type_code
from tests.protocol.partner import Partner
from tests.protocol.resident import Resident, request_id
from tests.protocol.service import Service
from tests.pseudo.looking import look
from tests.pseudo.tour.people import bare

_SERVICE = "https://service.example.org/"
_ALL = ("openid", "profile", "email", "address", "phone", "offline_access")


def _partner(**columns: object) -> Partner:
    of = factories.organisation(name="Ťŕúšť")
    partner = Partner.confidential(name="Ťáẋ", of=of, scopes=_ALL, **columns)
    partner.application.scopes.update(purpose="Ťő ƒíńď ẏőú", retention="Á ẏéář")
    partner.application.scopes.filter(scope="phone").update(lawful_basis="consent")
    return partner


def sharing() -> None:
    account = bare()
    factories.email_address(account, "ann.work@example.org", is_primary=False)
    pages = {"privacy_url": f"{_SERVICE}privacy", "terms_url": f"{_SERVICE}terms"}
    ann, partner = Resident(), _partner(is_sensitive=True, logo_uri=f"{_SERVICE}logo", **pages)
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
    ann.ask(partner.application, prompt="consent")
    _change(partner)
    ann.ask(partner.application, scope=" ".join(_ALL))


def _change(partner: Partner) -> None:
    """Change all that makes a resident be asked again."""
    application = partner.application
    application.scopes.filter(scope="email").update(
        version=2, privacy_notice=f"{_SERVICE}mail", notice_version="2"
    )
    application.name = "Ŕáťéš"
    application.save()
    Organisation.objects.filter(pk=application.organisation_id).update(name="Ćőúńćíļ")
    Consent.objects.filter(application=application).update(expires_at=timezone.now())


def blocked() -> None:
    account = bare()
    ann, partner = Resident(), _partner(is_sensitive=True, other_way="Ɍíńǵ")
    ann.sign_in(account)
    by = resident(account)
    blocking.block_application(account=account, application=partner.application, by=by)
    ann.ask(partner.application)
    device = Device.asks(maker(name="Ţéļéṽíšíőń", of=partner.application.organisation))
    blocking.block_organisation(
        account=account, organisation=partner.application.organisation, by=by
    )
    ann.press(type_code(ann, device.user_code), "allow")


def telling() -> None:
    account, of = bare(), factories.organisation(name="Ťőŵń", is_council=True)
    ann, partner = Resident(), Partner.confidential(name="Ťáẋ", of=of, skips_sharing=True)
    partner.application.scopes.update(purpose="Ťő ƒíńď ẏőú")
    ann.sign_in(account)
    ann.ask(partner.application)
    post.letters()
    look(ann.client, f"/account/services/{partner.application.slug}")


def earlier_accounts() -> None:
    account = bare()
    ann, partner = Resident(), _partner()
    factories.consent(account, partner.application)
    rows = [factories.claimed(partner.application, account, one) for one in ("å1", "å2")]
    ann.sign_in(account)
    page = f"/account/services/{partner.application.slug}"
    separate = f"{page}/earlier-accounts/{rows[0].pk}/separate"
    look(ann.client, page, separate)
    ann.press(ann.get(separate), "separate")
    look(ann.client, page)
    account.hidden_services.create(application=partner.application)
    private = f"/account/private-services/{partner.application.slug}"
    look(ann.client, f"{private}/earlier-accounts/{rows[1].pk}/separate")


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


def letting_a_device_in() -> None:
    account = bare()
    ann, partner = Resident(), maker(name="Ťáẋ", other_way="Ɍíńǵ", scopes=_ALL)
    partner.application.scopes.update(purpose="Ťő ƒíńď ẏőú")
    Organisation.objects.update(name="Ťŕúšť")
    ann.sign_in(account)
    ann.press(ann.get("/device"), "continue", user_code="")
    type_code(ann, "BBBB-BBBB")
    stale, left, allowed, refused = (Device.asks(partner) for _number in range(4))
    type_code(ann, stale.user_code)
    look(ann.client, "/device", "/device/confirm")
    stale.expires()
    ann.get("/device/confirm")
    trust = _organisation()
    ann.sign_in(factories.test_resident(trust))
    sandbox = Device.asks(maker(name="Ťáẋ", environment="sandbox", of=trust))
    type_code(ann, sandbox.user_code, at=f"/device/test/{trust.slug}")
    page = ann.press(ann.press(type_code(ann, left.user_code), "allow"), "refuse")
    asked = request_id(page)
    look(ann.client, f"/consent/leave?request={asked}")
    let_in(ann, allowed)
    ann.press(type_code(ann, refused.user_code), "refuse")
    strong = Device.asks(partner, acr_values="phr")
    ann.press(type_code(ann, strong.user_code), "allow")
    latest = AuthorizationRequest.objects.latest("created_at")
    look(ann.client, f"/authorize/give-up?request={latest.pk}")


def _organisation() -> Organisation:
    return Organisation.objects.latest("pk")


PARTS = (
    sharing,
    telling,
    blocked,
    earlier_accounts,
    as_whom,
    not_reaching_what_it_needs,
    letting_a_device_in,
    signing_out,
)
