"""Members at the pages that show what the provider saw of their application."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from accounts.audit.actor import SYSTEM
from accounts.models import Account
from clients.applications.registration import Kind
from clients.models import Application
from clients.test_residents import operations
from idp.models import Delivery, SecurityEvent, TesterRun, TrailOverflow
from idp.portal.examples.demands import demands_of
from idp.portal.examples.libraries import suiting
from idp.portal.tester.rules import Mistake
from tests import factories
from tests.clients.partner import Partner
from tests.idp.portal.entries import entry, passed, sign_in
from tests.protocol.forms import forms
from tests.pseudo.catalogue import LANGUAGE
from tests.pseudo.looking import look
from tests.pseudo.tour.people import NAME

_SENT = {"redirect_uri": "https://service.example.org/other", "scope": "openid"}
# One more than have a chart of their own.
_REASONS = (
    "wrong_secret",
    "wrong_code_verifier",
    "code_unknown",
    "code_used",
    "wrong_redirect_uri",
    "unsupported_grant_type",
)
_TYPED = {"scope": "openid", "state": "1", "nonce": "2", "pkce": "on"}


def _partner(*, two_factors: bool = False) -> Partner:
    account = factories.account(full_name=NAME, language=LANGUAGE, password=factories.PASSWORD)
    return Partner(
        of=factories.organisation(name="Ťŕúšť"), account=account, two_factors=two_factors
    )


def _sandbox(partner: Partner, **columns: object) -> Application:
    row = partner.sandbox(name="Ćĥőíŕ", **columns)
    row.scopes.update(purpose="Ťő ƒíńď ẏőú", retention="Ó ẏéáŕ")
    return row


def requests() -> None:
    partner = _partner()
    row = _sandbox(partner)
    page = partner.page(row, "requests")
    look(partner.client, page, f"{page}?help_code=cdfg3467", f"{page}?help_code=short")
    sign_in(row)
    passed(row, endpoint="logout", client_library="áńỳ")
    unregistered: dict[str, Any] = {
        "parameter": "redirect_uri",
        "reason": "unregistered_redirect_uri",
    }
    entries = [
        entry(row),
        entry(row, endpoint="authorize", sent=_SENT["redirect_uri"], **unregistered),
    ]
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    TrailOverflow.objects.create(application=row, hour=hour, left_out=2)
    look(partner.client, page, f"{page}?outcome=refused&span=day")
    look(partner.client, *(f"{page}/{one.pk}" for one in entries))


def figures() -> None:
    partner = _partner()
    row = _sandbox(partner)
    page = partner.page(row, "figures")
    look(partner.client, page)
    sign_in(row)
    for reason in _REASONS:
        entry(row, reason=reason, is_authenticated=True)
    look(partner.client, page, f"{page}?by=hour")


def deliveries() -> None:
    partner = _partner()
    silent, row = _sandbox(partner), _sandbox(partner, backchannel_logout_uri=_SENT["redirect_uri"])
    look(partner.client, *(partner.page(one, "deliveries") for one in (silent, row)))
    look(partner.client, partner.page(row, "events"))
    now = timezone.now()
    state = {"expires_at": now + timedelta(days=1), "tries": 1, "next_try_at": now}
    sent = [
        Delivery.objects.create(application=row, sid="a" * 43, subject="b" * 43, **state, **columns)
        for columns in (
            {"state": "refused", "last_error": "tls_failed", "done_at": now},
            {"state": "queued"},
        )
    ]
    factories.event_stream(row)
    resident = factories.account()
    factories.known_account(resident, row)
    told = factories.security_event(resident)
    SecurityEvent.objects.update(state="expired", done_at=now)
    look(partner.client, partner.page(row, "deliveries"), partner.page(row, "events"))
    again = [partner.page(row, f"deliveries/{one.pk}/again") for one in sent]
    look(partner.client, *again, partner.page(row, f"events/{told.pk}/again"))


def leaking() -> None:
    partner = _partner()
    row = _sandbox(partner)
    factories.client_secret(row)
    page = partner.page(row, "leaked-secret")
    look(partner.client, page)
    said = partner.post(page, since="hour")
    look(partner.client, said["Location"])


def bringing_along() -> None:
    partner = _partner()
    row, empty = _sandbox(partner), _sandbox(partner)
    of_none = _sandbox(partner, public=True)
    page = partner.page(row, "old-user-ids")
    look(partner.client, *(partner.page(one, "old-user-ids") for one in (empty, of_none)))
    look(partner.client, f"{page}/add")
    partner.post(f"{page}/add", ids="å,ć\nđ")
    partner.post(f"{page}/add", ids="å\nć")
    look(partner.client, page, f"{page}/delete")


def connecting() -> None:
    partner = _partner()
    by_key = {"token_endpoint_auth_method": "private_key_jwt"}
    every_demand = {
        "requires_pushed_requests": True,
        "requires_signed_requests": True,
        "dpop_bound_access_tokens": True,
        "certificate_bound_access_tokens": True,
    }
    for kind, columns in (
        (Kind.WEB, {}),
        (Kind.WEB, by_key),
        (Kind.WEB, {**by_key, **every_demand}),
        (Kind.SPA, {}),
        (Kind.SERVICE, {}),
        (Kind.SERVICE, {"certificate_bound_access_tokens": True}),
        (Kind.DEVICE, {}),
    ):
        row = partner.sandbox_of_kind(kind, name="Ćĥőíŕ", **columns)
        start, known = partner.page(row, "start"), suiting(kind, demands_of(row))
        look(partner.client, start, *(f"{start}/{library.key}" for library in known))


def trying() -> None:
    factories.signing_keys()
    partner = _partner(two_factors=True)
    row = _sandbox(partner)
    live = _sandbox(partner, environment=Application.Environment.LIVE)
    page = partner.page(row, "tester")
    look(partner.client, page, partner.page(live, "tester"), partner.page(row, "id-token"))
    partner.post(page, **_TYPED, prompt="šőḿé")
    for mistake in (Mistake.NONE, Mistake.NONCE, Mistake.VERIFIER):
        partner.post(page, **_TYPED, mistake=mistake)
        run = TesterRun.objects.latest("created_at")
        _come_back(partner, run)


def _come_back(partner: Partner, run: TesterRun) -> None:
    sent = run.sent["parameters"]
    path = urlsplit(sent["redirect_uri"]).path
    look(partner.client, path)
    made_up = factories.test_resident(run.application.organisation)
    asked = {name: sent[name] for name in ("redirect_uri", "nonce", "code_challenge")}
    code = factories.grant(run.application, account=made_up, scopes=["openid"], **asked).code
    partner.client.get(path, {"code": code, "state": sent["state"], "iss": settings.ISSUER})
    look(partner.client, path)


def choosing_a_test_resident() -> None:
    partner = _partner()
    row = _sandbox(partner)
    operations.make_all(organisation=partner.organisation, by=SYSTEM)
    Account.objects.filter(test_group=partner.organisation.pk).update(full_name="Ɱáŷá")
    sent = partner.post(partner.page(row, "tester"), **_TYPED)
    asked = partner.client.get(sent["Location"], follow=True)
    address = asked.redirect_chain[-1][0]
    look(partner.client, address)
    (form,) = (one for one in forms(asked.content.decode()) if "step" in one.values)
    partner.client.post(urlsplit(address).path, {**form.values, "resident": ""})


def tokens() -> None:
    partner = _partner()
    page = f"{partner.home}/api-tokens"
    look(partner.client, page, f"{page}/new")
    partner.post(f"{page}/new", name="Ḿáćĥíńé", role="viewer", reach="sandbox", days="90")
    number = partner.organisation.api_tokens.get().pk
    look(partner.client, page, f"{page}/{number}/end")


PARTS = (
    requests,
    figures,
    deliveries,
    leaking,
    bringing_along,
    connecting,
    trying,
    choosing_a_test_resident,
    tokens,
)
