"""The JSON of a copy keeps to its schema, and the schema is where it is said to be."""

import json
import re
from datetime import datetime

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from accounts.export.schema import schema
from accounts.export.sealing import Document
from tests import factories
from tests.idp.export.told import copy, use

FORMATS = FormatChecker()
# Left unchecked unless further libraries are there.
FORMATS.checks("date-time", raises=ValueError)(
    lambda text: not isinstance(text, str) or bool(datetime.fromisoformat(text).tzinfo)
)
FORMATS.checks("uri")(
    lambda text: not isinstance(text, str) or bool(re.fullmatch(r"https?://\S+", text))
)
SCHEMA = Draft202012Validator(schema(), format_checker=FORMATS)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.django_db
@pytest.mark.parametrize("private", [False, True])
def test_a_copy_keeps_to_the_schema(*, private: bool) -> None:
    ann = factories.account("ann@example.org", password=factories.PASSWORD)
    SCHEMA.validate(json.loads(copy(ann, private=private)[Document.JSON]))
    service = use(ann, "Allotments")
    use(ann, "Refuge", is_sensitive=True)
    factories.grant(service, account=ann)
    factories.way(ann, "app", label="Blue phone")

    SCHEMA.validate(json.loads(copy(ann, private=private)[Document.JSON]))


@pytest.mark.django_db
def test_a_time_that_is_none_and_a_name_too_many_do_not() -> None:
    ann = factories.account("ann@example.org", password=factories.PASSWORD)
    told = json.loads(copy(ann)[Document.JSON])
    for change in ({"made_at": "yesterday"}, {"more": 1}):
        with pytest.raises(ValidationError):
            SCHEMA.validate(told | change)
