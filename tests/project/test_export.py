"""Everything held about an account is in the copy that its owner can have, or left out by name."""

import re
from collections.abc import Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.core.management import call_command
from django.db.models import Field, ForeignKey, Model

from accounts.export.part import Asked, Column, Part, parts
from accounts.models import Account
from accounts.retention.queries import personal_columns
from tests.environment import ROOT
from tests.project.source import APPS

# Told apart by an account's number, or by one that a service knows it by, without a foreign key.
BY_NUMBER = {"AuditEvent", "Delivery"}
# Columns about people that no part tells, and why. Add a column to a part in accounts/export/parts
# or idp/export/parts rather than to this list: whoever asks is owed what is held (UK GDPR art. 15).
LEFT_OUT = {
    "whose it is, or the row that it stands beside: told by the part that it is in": (
        r"\w+\.(account|account_id|made_by|reported_by|submitted_by|user|authenticator|flow)"
    ),
    "the same as another column, in the form in which it is looked up": r"Account\.sign_in_key",
    "may name another person who used the same browser": (
        r"(PendingSignIn|AuthorizationRequest)\.login_hint"
        r"|AuthorizationRequest\.expected_account_id"
    ),
    "may name one of our staff, or another person's row": (
        r"AuditEvent\.(actor_id|object_id)|Invitation\.invited_by"
        r"|(CouncilDetails|ServiceNotice)\.(published_at|published_by|taken_down_by)|Opening\.turned_(at|by)"
    ),
    "told by the history that is in the copy: who of our staff looked, and what they did": (
        r"HelpSession\.(reason|channel|given|others|had_others|started_at|tier|known_by|known_at|called_back_at)"
        r"|StaffRequest\.(account|act|tier|known_by|asked_at|outcome|reason|decided_at)"
        r"|StaffRequest\.(others|channel|called_back_at|evidence|new_address)"
        r"|NameSearch\.(help_session|ground|noted_at)"
    ),
    "before there is an account; what it led to is in the history and the account's own columns": (
        r"StartCode\.(full_name|date_of_birth|evidence|made_at|used_at|cancelled_at)"
    ),
    "told by the history that is in the copy, once it is over": (
        r"HoldBack\.(since|until|asked_at|agreed_at|ended_at)"
    ),
    "keeps colleagues of its owner from looking; tells nothing but where its owner works": (
        r"ColleagueAccount\.(staff|flagged_at)"
    ),
    "would show whoever makes its owner open the copy that they must not be found": (
        r"Protection\.(since|until)|ProtectionLead\.(protection|named_at)"
    ),
    "an account that is held has no copy; once it is not, the history in the copy tells it": (
        r"DeathNote\.(evidence|noted_at|lapses_at|was_suspended|undone_at)"
    ),
    "words of the name that is in the copy": r"NameWord\.word",
    "names a service, which may be one kept out of sight; its rows are in parts of their own": (
        r"PendingSignIn\.(service_name|return_to|is_sensitive)|AuditEvent\.organisation_id"
    ),
    "a step inside a sign-in that is over in minutes": (
        r"PendingSignIn\.(as_someone_else|stands_on|beside)"
    ),
    "which row another row came of; both are there": (
        r"OutboundMessage\.(sign_up|sign_in|recovery|email_change)|Letter\.recovery"
        r"|Leaving\.message|HelpCode\.message|CallCode\.message|ErasureRequest\.closing"
    ),
    "only ever of a browser's pages, never of a mail that has an account": r"HelpCode\.steps",
    "only ever set on made-up accounts for tests": r"Account\.is_test",
    "only ever set on accounts of staff, which no page gives a copy of": (
        r"Account\.staff_since|StaffMember\.(work_email|team|left_at)|StaffRole\.source"
        r"|Directory(Link|Visit)\.\w+"
    ),
    "sealed, and given back on its own page within hours": r"KeptForm\.created_at",
    "a question to a browser, gone in minutes, that holds hashes alone": (
        r"Challenge\.(purpose|created_at)"
    ),
    "this very copy": r"ExportChunk\.export",
    "a table without rows": r"IDToken\.\w+",
}


def _models() -> list[type[Model]]:
    """Return every model that has a path to an account, or names one by a number."""
    known = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    about: set[type[Model]] = {Account}
    about |= {model for model in known if model.__name__ in BY_NUMBER}
    grows = True
    while grows:
        more = {model for model in known if model not in about and _targets(model) & about}
        about |= more
        grows = bool(more)
    return sorted(about, key=lambda model: model.__name__)


def _targets(model: type[Model]) -> set[type[Model]]:
    fields = model._meta.local_fields  # noqa: SLF001 - Django's documented API
    return {field.related_model for field in fields if isinstance(field, ForeignKey)}


def _columns() -> list[str]:
    """Return what is about a person in these; what proves something or is matched by is not."""
    return [
        f"{model.__name__}.{column.name}"
        for model in _models()
        for column in personal_columns(model)
        if not column.is_secret
    ]


def _name(field: "Field[object, object]") -> str:
    return f"{field.model.__name__}.{field.name}"


def _told() -> set[str]:
    return {name for part in parts() for column in part.columns for name in _covered(part, column)}


def _covered(part: Part, column: Column) -> Iterator[str]:
    rows = part.rows(Asked(Account(), includes_private=True))
    for path in column.covers or (column.path,):
        model: type[Model] | None = rows.model
        for step in path.split("."):
            assert model is not None, (part.name, path)
            field = _field(model, step)
            if isinstance(field, Field):
                yield _name(field)
            model = field.related_model


def _field(model: type[Model], step: str) -> "Field[object, object]":
    try:
        return model._meta.get_field(step)  # type: ignore[return-value]  # noqa: SLF001
    except FieldDoesNotExist:
        return next(field for field in model._meta.fields if field.attname == step)  # noqa: SLF001


TOLD = _told()


def test_there_is_much_to_tell() -> None:
    assert len(_models()) >= 30
    assert len(TOLD) >= 200


@pytest.mark.parametrize("column", _columns())
def test_a_column_about_a_resident_is_in_the_copy_or_left_out_for_a_reason(column: str) -> None:
    reasons = [why for why, names in LEFT_OUT.items() if re.fullmatch(names, column)]
    # Whether, not where: what is told is a long list.
    assert (column in TOLD or bool(reasons)) is True


@pytest.mark.parametrize("why", LEFT_OUT)
def test_a_reason_to_leave_something_out_is_about_something(why: str) -> None:
    assert any(re.fullmatch(LEFT_OUT[why], column) for column in set(_columns()) - TOLD)


def test_parts_and_their_columns_have_names_of_their_own() -> None:
    listed = list(parts())
    assert len({part.name for part in listed}) == len(listed)
    for part in listed:
        assert len({column.name for column in part.columns}) == len(part.columns)


def test_the_schema_beside_the_code_is_the_one_that_copies_keep_to() -> None:
    printed = StringIO()
    call_command("copy_schema", stdout=printed)
    # Else: manage.py copy_schema > idp/export/schema.json
    assert (ROOT / "idp" / "export" / "schema.json").read_text() == printed.getvalue()
