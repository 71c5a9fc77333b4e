"""Plan Dynamic: what a client says of itself."""

from base64 import b64decode
from uuid import uuid4

from tests.protocol.conformance import registration
from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.conftest import Register
from tests.protocol.conformance.provider import Provider
from tests.protocol.conformance.relying_party import Json

PLANS = ("dynamic",)


PNG = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def test_oidcc_registration_logo_uri(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """The pages of a sign-in show the client's logo."""
    path = f"/{uuid4().hex}/logo.png"
    rp = register(logo_uri=conforming.site.publish(path, PNG))
    assert rp.registered["logo_uri"].endswith(path)
    stop = rp.sign_in(agent).stop
    (shown,) = stop.pictures
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/png")
    assert shown.content == PNG
    assert str(shown.url).startswith(conforming.issuer)
    assert "img-src 'self'" in stop.page_before("share").headers["Content-Security-Policy"]


def test_oidcc_registration_policy_uri(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """The pages of a sign-in show a link to the client's policy."""
    uri = f"{conforming.site.origin}/policy"
    rp = register(policy_uri=uri)
    assert rp.registered["policy_uri"] == uri
    assert f'href="{uri}"' in rp.sign_in(agent).stop.page_before("share").text


def test_oidcc_registration_tos_uri(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """The pages of a sign-in show a link to the client's terms of use."""
    uri = f"{conforming.site.origin}/terms"
    rp = register(tos_uri=uri)
    assert rp.registered["tos_uri"] == uri
    assert f'href="{uri}"' in rp.sign_in(agent).stop.page_before("share").text


def test_oidcc_registration_sector_uri(
    conforming: Provider, register: Register, agent: Browser
) -> None:
    """Where pairwise is supported, sector_identifier_uri is fetched, and accepted.

    Its list holds the redirect URIs, of which one is on another host.
    """
    assert "pairwise" in conforming.metadata()["subject_types_supported"]
    path = f"/{uuid4().hex}"
    uris = [f"{conforming.site.origin}{path}/callback", "https://other.example.org/callback"]
    sector = conforming.site.publish(f"{path}/redirect_uris.json", uris)
    rp = register(redirect_uris=uris, sector_identifier_uri=sector, subject_type="pairwise")
    assert len(conforming.site.received(f"{path}/redirect_uris.json")) == 1
    assert rp.registered["sector_identifier_uri"] == sector
    assert rp.registered["subject_type"] == "pairwise"
    rp.sign_in(agent)


def test_oidcc_registration_sector_bad(conforming: Provider, usual_metadata: Json) -> None:
    """A list without our redirect URI is fetched, and the registration refused.

    400, JSON, invalid_client_metadata.
    """
    path = f"/{uuid4().hex}/redirect_uris.json"
    sector = conforming.site.publish(path, ["https://other.example.org/callback"])
    wish = usual_metadata | {"sector_identifier_uri": sector, "subject_type": "pairwise"}
    assert registration.is_refused(registration.ask(conforming, wish), "invalid_client_metadata")
    assert len(conforming.site.received(path)) == 1
