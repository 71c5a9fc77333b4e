"""Two clients of the high profile for each plan, and the provider behind nginx that they ask."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from tests.interop.authority import Authority
from tests.interop.public import serving_publicly
from tests.protocol.conformance.browser import Browser
from tests.protocol.conformance.fapi.client import HighClient
from tests.protocol.conformance.fapi.provider import HighProvider, joined
from tests.protocol.conformance.fapi.variants import KEY, VARIANTS, Variant
from tests.protocol.conformance.provider import made_person
from tests.protocol.conformance.relying_party import BEARER
from tests.protocol.conformance.site import listening
from tests.protocol.signing import signing_key
from tests.serving.clock import clock_in
from tests.serving.provider import Prepared

_SCOPES = ("openid", "profile", "email", "phone", "address", "offline_access")
SELF_SIGNED = "self_signed_tls_client_auth"
Pair = tuple[HighClient, HighClient]


@pytest.fixture(scope="session")
def high(
    tmp_path_factory: pytest.TempPathFactory, prepared: Prepared, authority: Authority
) -> Iterator[HighProvider]:
    """Yield the provider, and a site that browsers come back to."""
    folder = tmp_path_factory.mktemp("high")
    clock = clock_in(folder)
    with (
        serving_publicly(folder, prepared, authority, clock) as public,
        listening(joined(authority.issue("localhost"))) as site,
    ):
        public.internet.hosts[f"localhost:{site.port}"] = site.port
        whose = public.served.manage("organisation", "create", "--name", "High")["organisation"]
        person = made_person(public.served, folder, whose)
        stranger = Authority(tmp_path_factory.mktemp("stranger"))
        told: dict[str, Any] = {"public": public, "stranger": stranger}
        with HighProvider(
            public.served, clock, authority.certificate, site, person, whose, **told
        ) as provider:
            yield provider


@pytest.fixture(scope="session")
def pairs(
    high: HighProvider, authority: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Pair]:
    """Return a way to the two clients of a plan, which have different keys."""
    folder = tmp_path_factory.mktemp("clients")

    @cache
    def pair(plan: str) -> Pair:
        variant = VARIANTS[plan]
        # RFC 8705 §2: one by its name, one by its key.
        other = variant.authentication if variant.authentication == KEY else SELF_SIGNED
        made = _Maker(high, variant, folder)
        first = made.client(f"{plan}-1", variant.authentication, authority)
        return first, made.client(f"{plan}-2", other, high.stranger)

    return pair


@pytest.fixture(autouse=True)
def _later(high: HighProvider) -> None:
    """Let a minute pass: all of them sign in from one address, which is limited."""
    high.wait(60)


@pytest.fixture
def first(pairs: Callable[[str], Pair], plan: str) -> HighClient:
    """Return the client that a module is about."""
    return pairs(plan)[0]


@pytest.fixture
def second(pairs: Callable[[str], Pair], plan: str) -> HighClient:
    """Return another one."""
    return pairs(plan)[1]


@pytest.fixture
def new_agent(high: HighProvider) -> Iterator[Callable[[], Browser]]:
    """Yield a way to sit the person down at a browser that was never used."""
    opened: list[Browser] = []

    def new() -> Browser:
        opened.append(high.browser())
        return opened[-1]

    yield new
    for browser in opened:
        browser.http.close()


@dataclass(frozen=True)
class _Maker:
    """Registers a plan's clients as an operator does."""

    provider: HighProvider
    variant: Variant
    folder: Path

    def client(self, name: str, method: str, signer: Authority) -> HighClient:
        provider, variant = self.provider, self.variant
        key = signing_key("ES256" if name.endswith("1") else "PS256", name)
        rsa, held = signing_key("RS256", "rsa"), signing_key("ES256", f"{name}-certificate")
        assert isinstance(held.private, EllipticCurvePrivateKey)
        issue = partial(signer.issue, f"{name}.example", key=held.private)
        published = {KEY: [key.jwk, rsa.jwk], SELF_SIGNED: [held.jwk]}.get(method, [])
        redirect_uri = f"{provider.site.origin}/{name}/callback"
        made = provider.served.manage(
            *("application", "create", "--organisation", provider.organisation, "--sandbox"),
            *("--name", name, "--slug", name, "--profile=high", f"--auth-method={method}"),
            *(f"--redirect-uri={redirect_uri}", *self._arguments(name, method, published)),
            *(f"--scope={scope}:public_task:To test" for scope in _SCOPES),
        )
        registered = {
            "client_id": made["client_id"],
            "redirect_uris": [redirect_uri],
            "token_endpoint_auth_method": method,
        }
        return HighClient(
            provider,
            registered,
            {},
            key=key,
            presents="dpop" if variant.by_proof else BEARER,
            variant=variant,
            rsa=rsa,
            certificate=issue() if variant.with_certificate else None,
        )

    def _arguments(self, name: str, method: str, keys: list[dict[str, Any]]) -> Iterator[str]:
        if keys:
            path = self.folder / f"{name}.json"
            path.write_text(json.dumps({"keys": keys}))
            yield f"--jwks={path}"
        if method == "tls_client_auth":
            yield f"--certificate-subject=san_dns:{name}.example"
        yield "--dpop" if self.variant.by_proof else "--certificate-bound"
        if self.variant.signs:
            yield "--signed-requests"
        if self.variant.for_itself:
            yield "--event-stream"
