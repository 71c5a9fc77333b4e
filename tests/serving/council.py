"""A council whose staff come by a directory: two providers, of which one is the other's client."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from tests.serving.fixtures import serving_copy
from tests.serving.provider import Prepared, Served, free_port, run_command

# A provider of ours knows no groups: of the claims that it has, one stands for them.
_GROUP_CLAIM = "nickname"
_GROUPS = "approver:Digital,support:Contact centre"
_SCOPES = ("openid", "profile", "email", "offline_access")


_numbers = count(1)


@dataclass(frozen=True)
class Employee:
    """Somebody with an account in the directory; new each time, as a journey may begin again."""

    address: str
    password: str


@dataclass(frozen=True)
class Council:
    """The login, and the directory in which the council's people have accounts."""

    login: Served
    directory: Served
    folder: Path

    def employ(self, name: str, group: str) -> Employee:
        """Give somebody an account in the directory, in this group."""
        address = f"{name.split(maxsplit=1)[0].lower()}-{next(_numbers)}@staff.example.org"
        claims = self.folder / f"{address}.json"
        claims.write_text(json.dumps({_GROUP_CLAIM: group}))
        created = self.directory.manage(
            *("account", "create", "--test", "--organisation", "council-ict"),
            *("--email", address, "--name", name, "--claims", str(claims)),
        )
        return Employee(address, str(created["password"]))

    def move(self, employee: Employee, group: str) -> None:
        """Put somebody in another group."""
        told = {_GROUP_CLAIM: group}
        change = (
            f"Account.objects.filter(sign_in_key={employee.address!r}).update(test_claims={told!r})"
        )
        code = f"from accounts.models import Account; assert {change} == 1"
        run_command(self.directory.environment, "shell", "--no-imports", "-c", code)

    def hears_of(self, employee: Employee) -> str:
        """Do what the timer does every few minutes; return what was heard of somebody."""
        heard: list[dict[str, Any]] = self.login.manage("staff", "check-directory")
        says = {row["work_email"]: row["directory_says"] for row in heard}
        return str(says[employee.address])


@contextmanager
def standing(folder: Path, prepared: Prepared) -> Iterator[Council]:
    """Yield a council whose directory and login both answer."""
    port = free_port()
    for name in ("directory", "login"):
        (folder / name).mkdir()
    with serving_copy(folder / "directory", prepared) as directory:
        settings = _settings(directory, f"http://localhost:{port}/staff/directory/callback")
        with serving_copy(folder / "login", prepared, settings=settings, port=port) as login:
            yield Council(login, directory, folder)


def _settings(directory: Served, callback: str) -> dict[str, str]:
    directory.manage("organisation", "create", "--name", "Council ICT", "--slug", "council-ict")
    scopes = [f"--scope={scope}:public_task:To let staff in" for scope in _SCOPES]
    made = directory.manage(
        *("application", "create", "--organisation", "council-ict", "--sandbox"),
        *("--name", "Staff pages", "--redirect-uri", callback, *scopes),
    )
    return {
        "BOROUGH_DIRECTORY_ISSUER": directory.issuer,
        "BOROUGH_DIRECTORY_CLIENT_ID": made["client_id"],
        "BOROUGH_DIRECTORY_CLIENT_SECRET": made["client_secret"],
        "BOROUGH_DIRECTORY_GROUP_CLAIM": _GROUP_CLAIM,
        "BOROUGH_DIRECTORY_GROUPS": _GROUPS,
    }
