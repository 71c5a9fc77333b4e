"""A file that declares applications, for `manage.py application apply FILE`."""

import json
import tomllib
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Misused, Options, Outcome, Refused, argument
from clients.applications.declared import operations
from clients.applications.declared.document import Declared, Slug
from clients.applications.declared.operations import Converged, Wanted
from clients.applications.wording import sentence
from clients.applications.writing import ApplicationRefusedError
from clients.approval.operators import operations as operators
from clients.approval.operators.operations import OthersAskError
from clients.management.organisation_rows import found as found_organisation
from clients.management.reviewed import OVERRIDE, caution, difference, others_ask, waiting_lines
from clients.models import Organisation

_LARGEST: Final = 1024 * 1024
_DRY: Final = "Nothing was changed: this is what would be."
_KEEP: Final = "Keep each client secret now: it cannot be shown again."

ARGUMENTS: Final = (
    argument("file", type=Path, help="JSON or TOML: the organisation and its applications"),
    argument("--dry-run", action="store_true", help="say what would change, and change nothing"),
    OVERRIDE,
)


class _Application(Declared):
    slug: Slug
    live: bool = False

    def wanted(self) -> Wanted:
        members = self.model_dump(exclude={"slug", "live"})
        return Wanted(self.slug, Declared.model_validate(members), self.live)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    organisation: Slug
    applications: Annotated[list[_Application], Field(min_length=1, max_length=100)]


def apply(options: Options) -> Outcome:
    """Make the applications of a file what it says, all of them or none."""
    declared = _read(options["file"])
    organisation = found_organisation(declared.organisation)
    with transaction.atomic():
        came = [_converged(organisation, one, options) for one in declared.applications]
        rows = [_row(one) for one in came]
        cautions = tuple(line for one in came for line in _waits(one))
        transaction.set_rollback(options["dry_run"])
    if options["dry_run"]:
        return Outcome([{**row, "client_secret": None} for row in rows], (_DRY,))
    keep = (_KEEP,) if any(row["client_secret"] for row in rows) else ()
    return Outcome(rows, (*cautions, *keep))


def _converged(
    organisation: Organisation, application: _Application, options: Options
) -> Converged:
    wanted, emergency = application.wanted(), options["override"]
    try:
        return operations.converge(
            organisation=organisation,
            wanted=wanted,
            by=OPERATOR,
            make=partial(operators.create, emergency=emergency),
            change=partial(operators.alter, emergency=emergency),
        )
    except ApplicationRefusedError as refused:
        lines = (f"{wanted.slug}: {sentence(finding)}" for finding in refused.findings)
        raise Refused("\n".join(lines)) from refused
    except OthersAskError as refused:
        raise Refused(others_ask(refused)) from refused


def _waits(came: Converged) -> tuple[str, ...]:
    return caution(came.application) if came.application else ()


def _row(came: Converged) -> dict[str, object]:
    return {
        "application": came.application.slug if came.application else None,
        "came_to": _came_to(came),
        "client_id": came.application.client_id if came.application else None,
        "differences": [difference(one.member, one.before, one.after) for one in came.differences],
        "waits_for_review": waiting_lines(came.application) if came.application else [],
        "client_secret": came.client_secret or None,
    }


def _came_to(came: Converged) -> str:
    if came.is_new:
        return "created"
    if came.application and _waits(came):
        return "waits"
    return "changed" if came.differences else "unchanged"


def _read(path: Path) -> _File:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        message = f"{str(path)!r} cannot be read"
        raise Misused(message) from error
    if len(content) > _LARGEST:
        message = f"{str(path)!r} is larger than 1 MiB"
        raise Misused(message)
    try:
        return _File.model_validate(_parsed(path, content))
    except ValidationError as error:
        lines = (
            f"{'.'.join(map(str, one['loc']))}: {one['msg']}"
            for one in error.errors(include_input=False, include_url=False)
        )
        raise Misused("\n".join(lines)) from error


def _parsed(path: Path, content: bytes) -> Any:  # noqa: ANN401 - whatever the file holds
    try:
        text = content.decode()
        return tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"{str(path)!r} is not a file of JSON or TOML that can be read"
        raise Misused(message) from error
