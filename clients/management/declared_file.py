"""A file that declares applications, for `manage.py application apply FILE`."""

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any, Final

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from accounts.audit.actor import OPERATOR
from accounts.management.operator_command import Misused, Options, Outcome, Refused, argument
from clients.applications.declared import operations
from clients.applications.declared.document import Declared, Slug
from clients.applications.declared.operations import Converged, Wanted
from clients.applications.declared.rules import Difference
from clients.applications.wording import sentence
from clients.applications.writing import ApplicationRefusedError
from clients.management.organisation_rows import found as found_organisation
from clients.models import Organisation

_LARGEST: Final = 1024 * 1024
_KEEP: Final = "Keep each client secret now: it cannot be shown again."

ARGUMENTS: Final = (
    argument("file", type=Path, help="JSON or TOML: the organisation and its applications"),
    argument("--dry-run", action="store_true", help="say what would change, and change nothing"),
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
        rows = [_row(organisation, one) for one in declared.applications]
        transaction.set_rollback(options["dry_run"])
    if options["dry_run"]:
        return Outcome([{**row, "client_secret": None} for row in rows])
    return Outcome(rows, (_KEEP,) if any(row["client_secret"] for row in rows) else ())


def _row(organisation: Organisation, application: _Application) -> dict[str, object]:
    wanted = application.wanted()
    try:
        came = operations.converge(
            organisation=organisation, wanted=wanted, by_council=True, by=OPERATOR
        )
    except ApplicationRefusedError as refused:
        lines = (f"{wanted.slug}: {sentence(finding)}" for finding in refused.findings)
        raise Refused("\n".join(lines)) from refused
    return {
        "application": wanted.slug,
        "came_to": _came_to(came),
        "client_id": came.application.client_id if came.application else None,
        "differences": [_difference(one) for one in came.differences],
        "client_secret": came.client_secret or None,
    }


def _came_to(came: Converged) -> str:
    if came.is_new:
        return "created"
    return "changed" if came.differences else "unchanged"


def _difference(one: Difference) -> str:
    return f"{one.member}: {json.dumps(one.before)} -> {json.dumps(one.after)}"


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
