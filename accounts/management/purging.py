"""How each app says which of its rows have served their time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

from django.apps import apps
from django.db.models import QuerySet


@dataclass(frozen=True)
class Retention:
    """A kind of row that is deleted, and which of them are due at a moment."""

    what: str
    due: Callable[[datetime], QuerySet[Any]]


def retentions() -> Iterator[Retention]:
    """Yield every app's `management.retention.RETENTION`, in the order of the apps."""
    for config in apps.get_app_configs():
        name = f"{config.name}.management.retention"
        try:
            module = import_module(name)
        except ModuleNotFoundError as error:
            # An app without such a list; anything else that is missing is a fault.
            if error.name not in {name, f"{config.name}.management"}:
                raise
        else:
            yield from module.RETENTION
