"""Developers of a partner at the pages of their applications."""

from datetime import timedelta
from unittest import mock

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import timezone

from accounts.security.outgoing.client import Fetched
from clients.applications.credentials import endings
from clients.models import Application, ClientSecret, Member
from tests import factories
from tests.clients.partner import Partner
from tests.clients.pictures import picture
from tests.pseudo.catalogue import LANGUAGE
from tests.pseudo.looking import look
from tests.pseudo.tour.people import NAME

_PAGES = (
    "",
    *(f"change/{part}" for part in ("names", "addresses", "scopes", "level", "contacts")),
    *("scopes/email", "close", "logo"),
    *("credentials", "credentials/new-secret", "credentials/keys"),
)
_FETCH = "clients.applications.pages.credentials.checking.fetch"


def _partner(*, two_factors: bool = False) -> Partner:
    account = factories.account(full_name=NAME, language=LANGUAGE, password=factories.PASSWORD)
    organisation = factories.organisation(name="Ťŕúšť")
    return Partner(of=organisation, account=account, two_factors=two_factors)


def _sandbox(partner: Partner, **columns: object) -> Application:
    row = partner.sandbox(name="Ćĥőíŕ", **columns)
    row.scopes.update(purpose="Ťő ƒíńď ẏőú", retention="Ó ẏéáŕ")
    return row


def adding() -> None:
    partner = _partner()
    new = f"{partner.home}/new-application"
    look(partner.client, partner.home, new, *(f"{new}/{kind}" for kind in ("web", "service")))
    hostile = "http://service.example.org"
    high = f"{new}/web/high"
    with override_settings(MTLS_ADDRESS="https://mtls.login.example.org"):
        look(partner.client, f"{new}/web/profile", high)
        partner.post(f"{new}/web/profile", profile="")
        partner.post(high, method="")
        for method in ("private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth"):
            look(partner.client, f"{high}/{method}")
            partner.post(f"{high}/{method}", name="", redirect_uris=hostile)
    partner.post(f"{new}/web", name="", redirect_uris=hostile)
    partner.post(f"{new}/web", name="Ťáẋ", redirect_uris="http://localhost:9000/cb")
    partner.post(f"{new}/web", name="Ťáẋ", redirect_uris="http://localhost:9000/cb")


def changing() -> None:
    partner = _partner()
    row = _sandbox(partner)
    factories.client_secret(row, expires_at=timezone.now() + timedelta(days=90))
    look(partner.client, *(partner.page(row, page) for page in _PAGES))
    file = SimpleUploadedFile("logo.png", picture())
    partner.post(partner.page(row, "logo"), file=file)
    partner.post(partner.page(row, "logo"), file=SimpleUploadedFile("logo.svg", b"<svg/>"))
    look(partner.client, partner.page(row), partner.page(row, "logo"))
    number = row.secrets.get().pk
    look(partner.client, partner.page(row, f"credentials/{number}/end"))
    partner.post(partner.page(row, "credentials/new-secret"), days="90", after=number)
    partner.post(partner.page(row, "credentials/new-secret"), days="90", after=number)
    look(partner.client, partner.page(row, "credentials"))


def with_keys() -> None:
    partner = _partner()
    columns = {"token_endpoint_auth_method": "private_key_jwt"}
    row = _sandbox(partner, jwks_uri="https://service.example.org/jwks", **columns)
    pages = ("credentials", "credentials/keys", "credentials/use-secret")
    look(partner.client, *(partner.page(row, page) for page in pages))
    for body in (b"{}", b"<html>"):
        with mock.patch(_FETCH, return_value=Fetched(200, body, {})):
            partner.post(partner.page(row, "credentials/keys/check"))
    partner.post(partner.page(row, "credentials/use-secret"))


def of_a_live_one() -> None:
    strong, weak = _partner(two_factors=True), _partner()
    for partner in (strong, weak):
        row = _sandbox(partner, environment=Application.Environment.LIVE)
        look(partner.client, partner.page(row), partner.page(row, "credentials"))
        look(partner.client, partner.page(row, "credentials/new-secret"))


def hearing_of_an_end() -> None:
    partner = _partner()
    discreet = factories.account(full_name=NAME, language=LANGUAGE, is_discreet=True)
    factories.member(discreet, of=partner.organisation, role=Member.Role.DEVELOPER)
    row = _sandbox(partner)
    factories.client_secret(row, expires_at=timezone.now() + timedelta(days=29))
    for days in (29, 6, 1):
        ClientSecret.objects.update(expires_at=timezone.now() + timedelta(days=days))
        endings.tell_due(now=timezone.now())


PARTS = (adding, changing, with_keys, of_a_live_one, hearing_of_an_end)
