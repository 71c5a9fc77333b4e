"""Modules of pushed requests (RFC 9126)."""

from tests.protocol.conformance.browser import Browser, Stop
from tests.protocol.conformance.fapi.client import PAR, HighClient
from tests.protocol.conformance.fapi.provider import HighProvider
from tests.protocol.conformance.fapi.refusing import refused

PLANS = ("fapi2-key-dpop", "fapi2-key-mtls", "fapi2-mtls-mtls", "fapi2-message-signing")


def leads_nowhere(stop: Stop) -> bool:
    """Say whether the person ends on a page of the provider's that says what is wrong."""
    assert stop.arrived is None
    assert stop.page.status_code == 400, stop.page.url
    return not stop.page.has_redirect_location


def test_fapi2_security_profile_final_par_ensure_reused_request_uri_prior_to_auth_completion_succeeds(  # noqa: E501 - the module's name
    first: HighClient, agent: Browser
) -> None:
    """Opened once and left, then opened again and answered: a code (§4: it is used by then)."""
    asked = first.request()
    uri = first.pushed(asked)
    agent.http.get(
        first.metadata["authorization_endpoint"],
        params={"client_id": first.client_id, "request_uri": uri},
        follow_redirects=True,
    ).raise_for_status()
    first.finish(asked, first.open(agent, uri))


def test_fapi2_security_profile_final_par_attempt_reuse_request_uri(
    first: HighClient, agent: Browser
) -> None:
    """Opened again after its answer: an error page (§7.3)."""
    asked = first.request()
    uri = first.pushed(asked)
    first.finish(asked, first.open(agent, uri))
    assert leads_nowhere(first.open(agent, uri))


def test_fapi2_security_profile_final_par_attempt_to_use_expired_request_uri(
    high: HighProvider, first: HighClient, agent: Browser
) -> None:
    """Opened after expires_in, which is under 600 s (Security Profile §5.3.2.2): an error page."""
    answer = first.push(first.request()).json()
    assert 0 < answer["expires_in"] < 600
    high.wait(answer["expires_in"] + 1)
    assert leads_nowhere(first.open(agent, answer["request_uri"]))


def test_fapi2_security_profile_final_par_attempt_to_use_request_uri_for_different_client(
    first: HighClient, second: HighClient, agent: Browser
) -> None:
    """Opened with the other client's name: an error page (§2.2)."""
    assert leads_nowhere(second.open(agent, first.pushed(first.request())))


def test_fapi2_security_profile_final_par_authorization_request_containing_request_uri_form_param(
    first: HighClient,
) -> None:
    """A request_uri in a push: invalid_request (§2.1 item 2)."""
    uri = "urn:ietf:params:oauth:request_uri:of-somebody-else"
    answer = first.send(PAR, {**first.request(), "request_uri": uri})
    assert refused(answer, "invalid_request", "invalid_request_object")


def test_fapi2_security_profile_final_par_attempt_invalid_http_method(first: HighClient) -> None:
    """PUT: 405 (§2.3)."""
    answer = first.http.put(first.address(PAR), data=first.request())
    assert answer.status_code == 405


def test_fapi2_security_profile_final_par_ensure_pkce_required(first: HighClient) -> None:
    """No challenge: invalid_request (Security Profile §5.3.2.2)."""
    asked = first.request(code_challenge=None, code_challenge_method=None)
    assert refused(first.push(asked), "invalid_request")


def test_fapi2_security_profile_final_par_plain_pkce_rejected(first: HighClient) -> None:
    """A plain one: invalid_request (Security Profile §5.3.2.2)."""
    assert refused(first.push(first.request(code_challenge_method="plain")), "invalid_request")


def test_fapi2_security_profile_final_par_without_duplicate_parameters(
    first: HighClient, agent: Browser
) -> None:
    """client_id and request_uri, and nothing beside them: tokens (§4)."""
    first.sign_in(agent)
