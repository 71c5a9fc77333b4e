"""The API does what its description says, whatever is sent: tried by another's generator."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig

from idp.partner_api.api import description
from tests.clients.approval import rounds
from tests.idp.partner_api.caller import Caller, kind_of
from tests.idp.partner_api.operations import OPERATIONS as EXAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.once]
# What is fit by its form and refused by a rule, such as a redirect URI that leads inside, or comes
# too often, such as mail to one mailbox.
_RULED = ["2xx", 401, 403, 404, 409, 422, 429]
SCHEMA: Any = schemathesis.openapi.from_dict(
    json.loads(json.dumps(description())),
    config=SchemathesisConfig.from_dict(
        {"checks": {"positive_data_acceptance": {"expected-statuses": _RULED}}}
    ),
)
SCHEMA.app = get_wsgi_application()
OPERATIONS: dict[str, Any] = {
    f"{found.ok().method.upper()} {found.ok().path}": found.ok()
    for found in SCHEMA.get_all_operations()
}
every_operation = pytest.mark.parametrize("name", OPERATIONS)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the test's own connection open over many requests, as Django's client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def test_the_description_is_public(client: Client) -> None:
    found = client.get("/api/v1/openapi.json")
    assert found.json() == json.loads(json.dumps(description()))
    assert not found.cookies


def _send(case: "Case[Any]", caller: Caller) -> int:
    headers = {"Authorization": f"Bearer {caller.token}"}
    response = case.call(headers=headers)
    if response.status_code == 400 and response.json()["reason"] == "json_bad_character":
        # A NUL or half a letter somewhere in a set of keys, of which the schema cannot tell.
        return 400
    case.validate_response(response, headers=headers)
    return int(response.status_code)


@every_operation
def test_an_operation_answers_as_described(name: str) -> None:
    example, operation = EXAMPLES[_id(name)], OPERATIONS[name]
    application = rounds.sandbox()
    caller = Caller(of=application.organisation, acts_on_live=True)
    names = {"organisation": caller.organisation.slug, **example.prepare(application)}
    # A copy: what the library sends is its own afterwards.
    body = {"body": copy.deepcopy(example.body), "media_type": kind_of(example.body)}
    case = operation.Case(
        path_parameters={
            parameter.name: names[parameter.name] for parameter in operation.path_parameters
        },
        **(body if operation.body else {}),
    )
    assert _send(case, caller) == example.good


@every_operation
@pytest.mark.parametrize("mode", GenerationMode)
def test_whatever_is_sent_an_operation_keeps_to_its_description(
    name: str, mode: GenerationMode
) -> None:
    application = rounds.sandbox()
    names = EXAMPLES[_id(name)].prepare(application)
    caller = Caller(of=application.organisation, acts_on_live=True)

    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=OPERATIONS[name].as_strategy(generation_mode=mode))
    def tried(case: "Case[Any]") -> None:
        if mode is GenerationMode.POSITIVE:
            known = {"organisation": caller.organisation.slug, **names}
            case.path_parameters |= {
                one: str(value) for one, value in known.items() if one in case.path_parameters
            }
        assert _send(case, caller) < 500

    tried()


def _id(name: str) -> str:
    return str(OPERATIONS[name].definition.raw["operationId"])
