"""Applications that register themselves by openid-client: RFC 7591, RFC 7592."""

from typing import Any

import pytest

from tests.interop.conftest import Person
from tests.interop.openid_client.application import new_key, public_part
from tests.interop.openid_client.library import Library, RefusedError
from tests.interop.openid_client.registered import REDIRECT_URI
from tests.interop.resident import Resident

pytestmark = pytest.mark.once
NOT_ALLOWED = "^OAUTH_WWW_AUTHENTICATE_CHALLENGE 401 invalid_token$"
WANTED = {"client_name": "Self-made", "redirect_uris": [REDIRECT_URI]}


def test_it_signs_people_in_at_once_by_what_registration_takes_for_granted(
    library: Library, initial_access_token: str, resident: Resident, person: Person
) -> None:
    """Dynamic Client Registration 1.0 §2: a secret by Basic, ID tokens by RS256."""
    done = library.run(
        "registration signed_in_after",
        resident=resident,
        wanted=WANTED,
        initial_access_token=initial_access_token,
    )
    assert done["metadata"]["id_token_signed_response_alg"] == "RS256"
    assert done["claims"]["aud"] == done["metadata"]["client_id"]
    assert done["details"]["email"] == person.sign_in_name


def test_it_may_bring_a_key_instead_of_getting_a_secret(
    library: Library, initial_access_token: str, resident: Resident
) -> None:
    key = new_key("PS256")
    wanted = {
        **WANTED,
        "token_endpoint_auth_method": "private_key_jwt",
        "token_endpoint_auth_signing_alg": "PS256",
        "id_token_signed_response_alg": "ES256",
        "jwks": {"keys": [public_part(key)]},
    }
    done = library.run(
        "registration signed_in_after",
        resident=resident,
        wanted=wanted,
        initial_access_token=initial_access_token,
        key=key,
        way="signed and pushed",
        request_key=key,
    )
    assert "client_secret" not in done["metadata"]
    assert done["claims"]["aud"] == done["metadata"]["client_id"]


def test_it_can_read_later_how_it_was_registered(
    library: Library, initial_access_token: str
) -> None:
    done = library.run(
        "registration read_back", wanted=WANTED, initial_access_token=initial_access_token
    )
    told, later = done["told"], done["later"]
    assert told["redirect_uris"] == [REDIRECT_URI]
    assert {name: later[name] for name in told if name in later} == {
        name: value for name, value in told.items() if name in later
    }


@pytest.mark.parametrize(
    "changes, error",
    [
        ({"redirect_uris": ["https://evil.test/#part"]}, "invalid_redirect_uri"),
        ({"id_token_signed_response_alg": "HS256"}, "invalid_client_metadata"),
    ],
)
def test_what_it_may_not_be_is_refused(
    library: Library, initial_access_token: str, changes: dict[str, Any], error: str
) -> None:
    with pytest.raises(RefusedError, match=f"^OAUTH_RESPONSE_BODY_ERROR 400 {error}$"):
        library.run(
            "registration registered",
            wanted=WANTED | changes,
            initial_access_token=initial_access_token,
        )


@pytest.mark.parametrize("token", ["guessed", None])
def test_nobody_registers_without_an_operators_token(library: Library, token: str | None) -> None:
    with pytest.raises(RefusedError, match=NOT_ALLOWED):
        library.run("registration registered", wanted=WANTED, initial_access_token=token)
