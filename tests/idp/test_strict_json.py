"""JSON of others is read in one way or not at all (RFC 7493)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from idp.oidc.strict_json import Fault, NotStrictError, parse_object

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text("aé€😀 \n"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text("abc"), _VALUES, max_size=4))
def test_an_object_is_read_as_it_was_written(value: dict[str, object]) -> None:
    assert parse_object(json.dumps(value)) == value
    assert parse_object(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize(
    "text, fault",
    [
        ("", Fault.NOT_JSON),
        ("{", Fault.NOT_JSON),
        ('{"a":1,}', Fault.NOT_JSON),
        ("{'a':1}", Fault.NOT_JSON),
        (b"\xff\xfe{", Fault.NOT_JSON),
        ("{}".encode("utf-16"), Fault.NOT_JSON),
        ('{"a":"\ud800"}'.encode("utf-8", "surrogatepass"), Fault.NOT_JSON),
        ('{"a":' + "9" * 5000 + "}", Fault.NOT_JSON),
        ("[" * 100_000, Fault.NOT_JSON),
        ("[]", Fault.NOT_AN_OBJECT),
        ("null", Fault.NOT_AN_OBJECT),
        ('"text"', Fault.NOT_AN_OBJECT),
        ('{"a":1,"a":1}', Fault.DUPLICATE_MEMBER),
        ('{"a":1,"\\u0061":2}', Fault.DUPLICATE_MEMBER),
        ('{"a":{"b":1,"b":2}}', Fault.DUPLICATE_MEMBER),
        ('{"a":NaN}', Fault.NOT_A_NUMBER),
        ('{"a":-Infinity}', Fault.NOT_A_NUMBER),
        ('{"a":1e999}', Fault.NOT_A_NUMBER),
        ('{"a":' + "[" * 20 + "]" * 20 + "}", Fault.TOO_DEEP),
        ('{"a":' * 100 + "1" + "}" * 100, Fault.TOO_DEEP),
        ('{"a":"\\u0000"}', Fault.BAD_CHARACTER),
        ('{"\\u0000":1}', Fault.BAD_CHARACTER),
        ('{"a":["\\ud800"]}', Fault.BAD_CHARACTER),
    ],
)
def test_what_two_readers_could_read_differently_is_refused(
    text: str | bytes, fault: Fault
) -> None:
    with pytest.raises(NotStrictError) as refused:
        parse_object(text)
    assert refused.value.fault is fault


def test_twenty_levels_are_read() -> None:
    assert parse_object('{"a":' + "[" * 19 + "]" * 19 + "}")
