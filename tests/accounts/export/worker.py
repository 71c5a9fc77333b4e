"""The worker that prepares copies, in the test's own process, and a reader of what it made."""

import json
from typing import Any

from accounts.export.jobs import prepare
from accounts.models import AuditEvent, Export
from tests.accounts.mfa.owner import Owner
from tests.accounts.profile.emails.resident import text
from tests.accounts.visitor import Response

COPY, NEW = "/account/copy", "/account/copy/new"


def work() -> None:
    """Do what the worker does with every copy that was asked for."""
    for export in Export.objects.filter(state="asked"):
        prepare.call(str(export.pk))


def content(response: Response) -> bytes:
    """Return the whole of a file that is handed over."""
    assert response.status_code == 200, response
    return b"".join(response.streaming_content)


def parts_of(response: Response) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of each part of a copy in JSON."""
    copy = json.loads(content(response))
    return {part["name"]: part["records"] for part in copy["parts"]}


def ask(owner: Owner, private: str = "no") -> Export:
    """Ask for a copy and return its row."""
    response = owner.client.post(NEW, {"private": private})
    assert (response.status_code, response["Location"]) == (303, COPY), text(response)
    return Export.objects.latest("asked_at")


def ready(owner: Owner, private: str = "no") -> Export:
    """Have a copy prepared and return its row."""
    export = ask(owner, private)
    work()
    export.refresh_from_db()
    assert export.state == "ready", export.failure
    return export


def file(export: Export, document: str = "json") -> str:
    return f"{COPY}/{export.pk}/{document}"


def events() -> list[str]:
    rows = AuditEvent.objects.filter(object_kind="export").order_by("pk")
    return [row.event.removeprefix("account:export:") for row in rows]
