"""Every column that can hold text says whether it is about a person."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from tests.project.source import APPS

TEXT = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
# Column names that are not about a person wherever they stand, and why.
NEVER_PERSONAL = {
    "a random or hashed value that says nothing by itself": (
        r"id|key|code|help_code|sid|kid|jti|subject|nonce|state|code_challenge|password|\w+_hash"
        r"|credential_id|public_key|user_handle|secret|value_digests"
    ),
    "an id or a name from a list in the code": (
        r"(default_)?acr_values|actor_kind|actor_id|application_id|algorithm|authentication"
        r"|case_reference|endpoint|outcome|parameter|section|choices|detail|event|ended_how|grant_types|language|last_error|news|object_id|object_kind"
        r"|event_type|body|prompt|proofs|reason|response_mode|steps|transports"
    ),
    "what an organisation says of itself or asks for": (
        r"client_id|client_library|form_action|home_url|identifier|name|other_way|privacy_url"
        r"|post_logout_redirect_uris|give_up_to|purpose|redirect_uris?|request_uris|resource"
        r"|retention|privacy_notice|notice_version|terms|application_name|organisation_name"
        r"|endpoint_url|authorization_header|events_(requested|delivered)|description|status_reason"
        r"|return_to|scopes?|sector_identifier|service_name|slug|terms_url|uri|\w+_uri"
    ),
    "names of details, never their values": r"(declined_)?claims|declined_scopes",
    "keys of our own, public keys of others": r"private_key|public_jwk|jwks",
    "a make of authenticator": r"aaguid",
    "a kind of browser out of a short list": r"started_on",
    "made up: a constraint keeps it to test accounts": r"test_claims",
}


def _columns() -> Iterator["models.Field[object, object]"]:
    for app in APPS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.local_fields:  # noqa: SLF001 - Django's documented API
                # A choice is a word from the code.
                if isinstance(field, TEXT) and not field.choices:
                    yield field


@pytest.mark.parametrize("column", list(_columns()), ids=str)
def test_a_column_is_marked_personal_or_known_not_to_be(
    column: "models.Field[object, object]",
) -> None:
    marked = (column.db_comment or "").startswith("personal")
    known = any(re.fullmatch(names, column.name) for names in NEVER_PERSONAL.values())
    assert marked != known


def test_the_audit_log_holds_nothing_personal() -> None:
    log = apps.get_model("accounts", "AuditEvent")
    fields = log._meta.local_fields  # noqa: SLF001
    assert not [field.name for field in fields if (field.db_comment or "").startswith("personal")]
