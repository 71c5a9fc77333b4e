"""Every reason for which the protocol refuses a request has words, and says what mends it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from idp.oidc import claims_parameter, client_causes, client_jwt, strict_json, vectors
from idp.oidc.authorize import stored
from idp.oidc.authorize.reasons import Reason as Interruption
from idp.oidc.dpop import proof
from idp.oidc.logout import rules as logout
from idp.oidc.mtls import certificate
from idp.portal.trail.words import catalogue

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[3] / "idp" / "oidc"
# The place of the reason in calls that take it without a name.
PLACES = {"sent": 1, "shown": 1, "RefusedObjectError": 2, "_answer": 2, "_refusal": 1}
# What is a `detail` or a `reason` there and no refusal in any application's trail.
ELSEWHERE = {
    "revoked_by_application",  # audit
    "signed_out_of_service",  # audit
    "answer",  # a parameter
    "request_id",  # a parameter
}
# What may come after a beginning, where it is no reason of a JWT.
ENDS = {"wrong_scheme_": "dpop"}
PLACEHOLDERS = {"sent", "parameter", "issuer", "method"}


def _calls() -> Iterator[ast.Call]:
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                yield node


def _reasons() -> set[str]:
    """Return every reason that stands in the source, those put together by their beginning."""
    found: set[str] = set()
    for call in _calls():
        named = [word.value for word in call.keywords if word.arg in {"detail", "reason"}]
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        placed = call.args[PLACES[name] : PLACES[name] + 1] if name in PLACES else []
        for value in [*named, *placed]:
            found |= _texts(value)
    return {text for text in found if " " not in text} - ELSEWHERE


def _texts(value: ast.expr) -> set[str]:
    if isinstance(value, ast.IfExp):
        return _texts(value.body) | _texts(value.orelse)
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
        return {value.value}
    if isinstance(value, ast.JoinedStr) and isinstance(value.values[0], ast.Constant):
        return {str(value.values[0].value)}
    return set()


def _assigned() -> set[str]:
    """Return the reasons that stand in a variable first: `words, detail = "…", "no_such"`."""
    found: set[str] = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
                names = [getattr(name, "id", "") for name in node.targets[0].elts]
                values = getattr(node.value, "elts", [])
                for name, value in zip(names, values, strict=False):
                    if name in {"detail", "reason"}:
                        found |= _texts(value)
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "detail":
                found |= _texts(node.value)
    return found


STATIC = sorted(_reasons() | _assigned())
BUILT = [
    *(f"client_assertion_{reason}" for reason in client_jwt.Reason),
    *(f"request_object_{reason}" for reason in client_jwt.Reason),
    *(f"claims_{fault}" for fault in [*claims_parameter.Fault, *strict_json.Fault]),
    *vectors.Fault,
    *client_causes.Cause,
    *proof.Reason,
    *certificate.Reason,
    *stored.Fault,
    *Interruption,
    *logout.Outcome,
]


def test_the_reasons_are_found_in_the_source() -> None:
    assert len(STATIC) > 100
    assert {"unregistered_redirect_uri", "wrong_code_verifier", "nested_request"} <= {*STATIC}


@pytest.mark.parametrize("reason", [*STATIC, *map(str, BUILT)])
def test_every_reason_has_words(reason: str) -> None:
    # One that is put together is named by its beginning.
    whole = f"{reason}{ENDS.get(reason, 'jwt_expired')}" if reason.endswith("_") else reason
    words = catalogue.found(whole)
    assert words is not None
    assert str(words.happened).endswith((".", "{sent}"))


@pytest.mark.parametrize("reason", [*STATIC, *map(str, BUILT)])
def test_words_name_nothing_but_what_an_entry_has(reason: str) -> None:
    for text in map(str, catalogue.explained(f"{reason}x" if reason.endswith("_") else reason)):
        named = {name for _text, name, _spec, _how in Formatter().parse(text) if name is not None}
        assert named <= PLACEHOLDERS, text


@pytest.mark.parametrize(
    "reason", [str(reason) for reason in STATIC if not reason.startswith("logout_")]
)
def test_every_refusal_says_what_mends_it(reason: str) -> None:
    assert str(catalogue.explained(reason).fix).endswith((".", "]", "…")) or reason.endswith("_")


def test_of_a_block_the_words_say_what_they_say_of_whoever_never_agreed() -> None:
    assert catalogue.explained("blocked") == catalogue.explained("no_consent")


def test_what_failed_before_a_limit_is_told_behind_it() -> None:
    words = catalogue.explained("limited_client_authentication_wrong_secret")
    assert "secret is wrong" in str(words.happened)


def test_an_unknown_reason_has_words_too() -> None:
    assert str(catalogue.explained("never_heard_of").happened)
