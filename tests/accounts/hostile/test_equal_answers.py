"""Pages that take a name tell nobody whether an account has it, by page, cookie or statement."""

import pytest

from tests.accounts.visitor import Response, Visitor, statements
from tests.factories import people
from tests.factories.authenticators import key_of

pytestmark = pytest.mark.django_db

NAMES = ("ann@example.org", "unknown@example.org")
# What differs from one visit to the next, whoever is meant.
_OWN = ("csrfmiddlewaretoken", "borough-help__code")


@pytest.fixture(autouse=True)
def _ann() -> None:
    key_of(people.account("ann@example.org", password=people.PASSWORD))


def _told(visitor: Visitor, answer: Response, name: str) -> tuple[object, ...]:
    lines = answer.content.decode().replace(name, "NAME").splitlines()
    body = [line for line in lines if not any(word in line for word in _OWN)]
    cookies = {key: morsel["max-age"] for key, morsel in visitor.client.cookies.items()}
    return answer.status_code, answer.get("Location"), body, cookies


@pytest.mark.parametrize("path", ["/reset-password", "/get-back-in"])
def test_asking_for_a_way_back_in(path: str) -> None:
    told, costs = [], []
    for name in NAMES:
        visitor = Visitor()
        visitor.get(path)
        with statements() as sql:
            answer = visitor.client.post(path, {"sign_in_name": name})
        told.append(_told(visitor, answer, name))
        costs.append(sql)
    assert told[0][1], "it leads on"
    assert told[0] == told[1]
    assert costs[0] == costs[1]


def test_a_passkeys_question_does_not_depend_on_what_was_typed() -> None:
    told, costs = [], []
    for name in NAMES:
        visitor = Visitor()
        flow = visitor.begin()
        with statements() as sql:
            answer = visitor.client.post(
                "/sign-in/passkey/options", {"flow": flow, "sign_in_name": name}
            )
        question = {**answer.json(), "challenge": "x"}
        told.append((answer.status_code, question, sorted(visitor.client.cookies)))
        costs.append(sql)
    assert told[0] == told[1]
    assert "allowCredentials" not in told[0][1] or told[0][1]["allowCredentials"] == []
    assert costs[0] == costs[1]
