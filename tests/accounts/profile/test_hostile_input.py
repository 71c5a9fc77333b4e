"""Nothing that a browser can send makes a page of the profile fail."""

import pytest

from tests.accounts.profile.emails.resident import Resident

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
FIELDS = {
    "address": ["postcode"],
    "address/choose": ["postcode", "uprn"],
    "address/type": ["line_1", "line_2", "town", "county", "postcode"],
    "date-of-birth": ["date_of_birth-day", "date_of_birth-month", "date_of_birth-year"],
    "emails/add": ["email"],
    "emails/change": ["email", "sign_in_name"],
    "former-name": ["decision"],
    "language": ["language"],
    "name": ["full_name"],
    "phone": ["number"],
    "phone/confirm": ["code"],
}
VALUES = ["%00", "%ED%A0%80", "%FF%FE", "%EF%BC%91" * 6, "9" * 5_000, "+-._%2F..%2F", "%E2%80%AE"]


@pytest.mark.parametrize("page", FIELDS)
@pytest.mark.parametrize("value", VALUES, ids=lambda value: value[:12])
def test_whatever_is_typed_is_answered_with_a_page(page: str, value: str) -> None:
    ann = Resident()
    body = "&".join(f"{name}={value}&{name}={value}" for name in FIELDS[page])
    response = ann.client.post(f"/account/{page}", body.encode(), content_type=FORM)
    assert response.status_code in {200, 302, 303}


@pytest.mark.parametrize(
    "path",
    [
        "emails/changes/00000000-0000-4000-8000-000000000000",
        "emails/changes/nonsense",
        "emails/99999999999999999999999999/remove",
        "emails/0/make-main",
        "emails?done=%00",
        "emails?done=00000000-0000-4000-8000-000000000000",
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_leads_nowhere_is_a_plain_page(path: str, method: str) -> None:
    response = getattr(Resident().client, method)(f"/account/{path}")
    assert response.status_code in {200, 404, 405}


@pytest.mark.parametrize("kind", ["confirm", "agree", "stop", "object"])
@pytest.mark.parametrize("token", ["x", "A" * 43, "%00", "%ff%fe", "a" * 5000, "%ed%a0%80"])
def test_a_link_that_was_never_sent_is_a_plain_page(kind: str, token: str) -> None:
    client = Resident().client
    for response in (
        client.get(f"/email-change/{kind}/{token}"),
        client.post(f"/email-change/{kind}/{token}", {"decision": "confirm"}, follow=True),
    ):
        assert response.status_code == 404
