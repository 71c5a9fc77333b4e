"""FAPI 2.0 by openid-client and oauth4webapi, through the shipped nginx to the provider."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.interop import node
from tests.interop.authority import Authority
from tests.interop.high.applications import Held, Maker, told
from tests.interop.nginx.server import HOST, MTLS_HOST
from tests.interop.openid_client.application import new_key
from tests.interop.openid_client.library import Json, RefusedError
from tests.interop.public import Public
from tests.interop.resident import Resident

pytestmark = [pytest.mark.served, pytest.mark.once]
LIBRARIES = ("by_openid_client", "by_oauth4webapi")
NAME, OWN = "api.high.example", "own.high.example"
NO_PROOF = "^OAUTH_WWW_AUTHENTICATE_CHALLENGE 401 invalid_token$"
NO_CLIENT = "^OAUTH_WWW_AUTHENTICATE_CHALLENGE 401 invalid_client$"


@pytest.fixture(scope="module")
def make(public: Public, tmp_path_factory: pytest.TempPathFactory) -> Maker:
    """Return a way to register applications; the libraries are installed."""
    node.packages()
    return Maker(public, tmp_path_factory.mktemp("high"))


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return an authority that nginx was not told of."""
    return Authority(tmp_path_factory.mktemp("stranger"))


@pytest.fixture
def resident(public: Public) -> Iterator[Resident]:
    """Yield a test resident at a new browser."""
    person = public.person
    with Resident(person["sign_in_name"], person["password"], http=public.client()) as resident:
        yield resident


@pytest.fixture(scope="module")
def by_proof(public: Public, make: Maker) -> Held:
    """Return one that authenticates by a key and holds another."""
    return Held(make.by_key("High by DPoP", "ES256", "--dpop"), public, holds="ES256")


@pytest.fixture(scope="module")
def by_name(public: Public, make: Maker, authority: Authority) -> Held:
    """Return one whose name an authority vouches for."""
    return Held(make.by_name("High by name", NAME), public, authority.issue(NAME))


@pytest.fixture(scope="module")
def by_its_own(public: Public, make: Maker, tmp_path_factory: pytest.TempPathFactory) -> Held:
    """Return one whose certificate it signed itself, and whose key is registered."""
    alone = Authority(tmp_path_factory.mktemp("alone"), is_authority=False)
    return Held(make.by_its_own("High by key", alone.private), public, alone.own())


@pytest.fixture(scope="module")
def by_key_and_certificate(public: Public, make: Maker, stranger: Authority) -> Held:
    """Return one that authenticates by a key, with tokens bound to any certificate."""
    made = make.by_key("High by both", "PS256", "--certificate-bound")
    return Held(made, public, stranger.issue("any.high.example"))


@pytest.fixture(scope="module")
def standard(public: Public, make: Maker) -> Held:
    """Return one of the standard profile that holds a key."""
    return Held(make.standard("Standard with DPoP"), public, holds="ES256")


@pytest.fixture(scope="module")
def signing(public: Public, make: Maker) -> Held:
    """Return one that signs its requests, and wants answers signed."""
    made = make.by_key("High and signed", "PS256", "--dpop", "--signed-requests")
    return Held(made, public, holds="PS256", signs=True)


def _is_complete(done: Json, host: str) -> bool:
    """Say whether a visit got all that it should, from the host that it should go to."""
    assert done["details"]["email"] == "nora@example.org"
    assert done["claims"]["sub"] == done["details"]["sub"] == done["introspected"]["sub"]
    assert done["introspected"]["active"] is True
    # FAPI 2.0 Security Profile §5.3.2.1: it stays the same.
    assert "refresh_token" in done["tokens"]
    assert "refresh_token" not in done["again"]
    assert done["after"] == {"active": False}
    called = {one["host"] for one in done["seen"] if not _is_document(one["path"])}
    return called == {host}


def _is_document(path: str) -> bool:
    return path.startswith("/.well-known/") or path == "/jwks"


@pytest.mark.parametrize("library", LIBRARIES)
class TestByProof:
    """private_key_jwt and DPoP."""

    def test_a_whole_visit(self, library: str, by_proof: Held, resident: Resident) -> None:
        done = by_proof.run(f"{library} visit", resident)
        assert _is_complete(done, HOST)
        assert done["tokens"]["token_type"].lower() == "dpop"
        assert done["introspected"]["cnf"].keys() == {"jkt"}

    def test_the_first_proof_is_made_again_with_our_nonce(
        self, library: str, by_proof: Held, resident: Resident
    ) -> None:
        """RFC 9449 §8, §9: wherever a library knows none yet, one request more."""
        seen = by_proof.run(f"{library} visit", resident)["seen"]
        refused = [(one["path"], one["error"]) for one in seen if one["status"] >= 400]
        where = ("/par", "/token", "/userinfo")
        assert refused == [(path, "use_dpop_nonce") for path in where]
        tries = Counter(one["path"] for one in seen)
        # A code and two refreshes; all others once.
        assert (tries["/par"], tries["/token"], tries["/userinfo"]) == (2, 4, 2)

    def test_whoever_authenticates_may_go_on_with_a_new_key(
        self, library: str, by_proof: Held, resident: Resident
    ) -> None:
        """RFC 9449 §5: a confidential application's refresh tokens are bound to itself alone."""
        again = by_proof.run(f"{library} refresh_by_another_key", resident)
        assert again["token_type"].lower() == "dpop"


@pytest.mark.parametrize("library", LIBRARIES)
class TestWhoeverHasNoKey:
    def test_a_code_is_redeemed_by_the_key_of_its_request(
        self, library: str, by_proof: Held, resident: Resident
    ) -> None:
        with pytest.raises(RefusedError, match=r"400 invalid_(grant|dpop_proof)$"):
            by_proof.run(f"{library} code_by_another_key", resident)

    def test_another_key_opens_nothing(
        self, library: str, by_proof: Held, resident: Resident
    ) -> None:
        with pytest.raises(RefusedError, match=NO_PROOF):
            by_proof.run(f"{library} details_by_another_key", resident)

    def test_a_thief_without_any_gets_nothing(
        self, library: str, by_proof: Held, resident: Resident
    ) -> None:
        with pytest.raises(RefusedError, match=NO_PROOF):
            by_proof.run(f"{library} details_as_bearer", resident)

    def test_an_assertion_by_another_key_proves_nothing(self, library: str, by_proof: Held) -> None:
        wrong = replace(by_proof.application, key=new_key("ES256"))
        with pytest.raises(RefusedError, match=NO_CLIENT):
            replace(by_proof, application=wrong).run(f"{library} pushed")


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("how", ["by_name", "by_its_own", "by_key_and_certificate"])
def test_a_whole_visit_with_a_certificate(
    library: str, how: str, request: pytest.FixtureRequest, resident: Resident
) -> None:
    """All calls go to the addresses of mtls_endpoint_aliases (RFC 8705 §5)."""
    done = request.getfixturevalue(how).run(f"{library} visit", resident)
    assert _is_complete(done, MTLS_HOST)
    assert done["tokens"]["token_type"].lower() == "bearer"
    assert done["introspected"]["cnf"].keys() == {"x5t#S256"}


@pytest.mark.parametrize("library", LIBRARIES)
class TestAnotherCertificate:
    def test_a_token_is_good_for_nothing_with_it(
        self, library: str, by_name: Held, authority: Authority, resident: Resident
    ) -> None:
        thief = told(authority.issue(NAME))
        with pytest.raises(RefusedError, match=NO_PROOF):
            by_name.run(f"{library} details_as_bearer", resident, thief=thief)

    def test_nor_without_any(self, library: str, by_name: Held, resident: Resident) -> None:
        with pytest.raises(RefusedError, match=NO_PROOF):
            by_name.run(f"{library} details_as_bearer", resident, thief=None)

    def test_the_right_name_of_another_authority_authenticates_nobody(
        self, library: str, by_name: Held, stranger: Authority
    ) -> None:
        with pytest.raises(RefusedError, match=NO_CLIENT):
            by_name.coming_with(stranger.issue(NAME)).run(f"{library} pushed")

    def test_the_right_name_on_another_key_authenticates_nobody(
        self, library: str, by_its_own: Held, authority: Authority
    ) -> None:
        with pytest.raises(RefusedError, match=NO_CLIENT):
            by_its_own.coming_with(authority.issue(OWN)).run(f"{library} pushed")


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_whole_visit_in_signed_messages(library: str, signing: Held, resident: Resident) -> None:
    """The request, the answer and the introspection, each a JWT."""
    done = signing.run(f"{library} visit", resident)
    assert _is_complete(done, HOST)
    told = {one["type"] for one in done["seen"] if one["path"] == "/introspect"}
    assert told == {"application/token-introspection+jwt"}
    assert parse_qs(urlsplit(done["answer"]).query).keys() == {"response"}


@pytest.mark.parametrize("library", LIBRARIES)
class TestSignedMessages:
    def test_a_request_by_another_key_is_refused(self, library: str, signing: Held) -> None:
        with pytest.raises(RefusedError, match=r" 400 invalid_request_object$"):
            signing.run(f"{library} pushed", request_key=new_key("PS256"))

    def test_an_unsigned_one_is_refused(self, library: str, signing: Held) -> None:
        with pytest.raises(RefusedError, match=r" 400 invalid_request(_object)?$"):
            signing.run(f"{library} pushed", signs=False)


def test_an_answer_to_another_application_is_refused_by_the_library(
    signing: Held, by_proof: Held, resident: Resident
) -> None:
    """JARM §2.4: what a mix-up would bring names whom it is for."""
    other = by_proof.application.client.client_id
    with pytest.raises(RefusedError, match=r"^OAUTH_JWT_CLAIM_COMPARISON_FAILED$"):
        signing.run("by_oauth4webapi answer_to_another", resident, other=other)


class TestStandardProfile:
    """DPoP and JARM are for any application."""

    @pytest.mark.parametrize("library", LIBRARIES)
    def test_dpop_alone(self, library: str, standard: Held, resident: Resident) -> None:
        done = standard.run(f"{library} visit_that_rotates", resident)
        assert done["tokens"]["token_type"].lower() == "dpop"
        assert done["again"]["refresh_token"] != done["tokens"]["refresh_token"]
        assert done["details"]["email"] == "nora@example.org"
        refused = [one["path"] for one in done["seen"] if one["status"] >= 400]
        assert refused == ["/par"]

    @pytest.mark.parametrize("mode", ["query.jwt", "form_post.jwt"])
    def test_a_signed_answer_by_each_way(
        self, standard: Held, resident: Resident, mode: str
    ) -> None:
        done = standard.run("by_openid_client answered", resident, jarm=True, mode=mode)
        assert done["claims"]["aud"] == standard.application.client.client_id

    def test_a_plain_answer_is_none_to_whoever_asked_for_a_signed_one(
        self, standard: Held, resident: Resident
    ) -> None:
        with pytest.raises(RefusedError, match="OAUTH_INVALID_RESPONSE"):
            standard.run("by_openid_client answered", resident, jarm=True, mode="query")


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_request_of_the_high_profile_that_is_not_pushed_comes_back_refused(
    library: str, by_proof: Held, resident: Resident
) -> None:
    with pytest.raises(RefusedError, match=r"invalid_request$"):
        by_proof.run(f"{library} in_the_address", resident)
