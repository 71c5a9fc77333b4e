"""A forged Host header never steers a mailed link."""

import pytest

from tests.accounts import post
from tests.accounts.visitor import Visitor
from tests.factories import people

pytestmark = pytest.mark.django_db

FORGED = [
    {"HTTP_HOST": "evil.example"},
    {"HTTP_HOST": "localhost:8000@evil.example"},
    {"HTTP_X_FORWARDED_HOST": "evil.example"},
    {"HTTP_FORWARDED": "host=evil.example"},
]


@pytest.mark.parametrize("headers", FORGED, ids=lambda headers: next(iter(headers.values())))
@pytest.mark.parametrize("path", ["/reset-password", "/sign-up", "/sign-in/send-code"])
def test_no_mail_names_another_host(headers: dict[str, str], path: str) -> None:
    people.account("ann@example.org", password=people.PASSWORD)
    visitor = Visitor()
    values = {"flow": visitor.begin(), "sign_in_name": "ann@example.org", "email": "b@example.org"}
    answer = visitor.client.post(path, values, **headers)  # type: ignore[arg-type]
    assert answer.status_code in {302, 303, 400}
    for letter in post.letters():
        assert "evil" not in letter.text + letter.html
        assert "http://localhost:8000" in letter.text or "code" in letter.text
