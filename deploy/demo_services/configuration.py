"""What one service must know to start: read from the `demo.json` that the demo's seeding wrote."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

SERVICES = ("council-tax", "community-hub", "housing-benefit")


class ConfigurationError(Exception):
    """`demo.json` cannot be used; the message says why, for whoever starts the service."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another service, to which the signed-in page links."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its own address, and how the provider knows it."""

    key: str
    name: str
    url: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    events_token: str = field(repr=False)
    redirect_uri: str
    post_logout_redirect_uri: str
    neighbours: tuple[Neighbour, ...]

    @property
    def host(self) -> str:
        """Name and port of its address, as a browser sends them in `Host`."""
        return urlsplit(self.url).netloc

    @property
    def provider_origin(self) -> str:
        """Scheme, name and port of the provider, for the Content-Security-Policy."""
        issuer = urlsplit(self.issuer)
        return f"{issuer.scheme}://{issuer.netloc}"


def read(demo: Path, key: str) -> Service:
    """Return the service `key` as `demo` describes it.

    Raises:
        ConfigurationError: the file is missing, is not JSON, or lacks something.
    """
    try:
        return _service(json.loads(demo.read_bytes()), key)
    except OSError as error:
        message = f"Cannot read {demo}: {error.strerror}. Start the provider's demo first."
        raise ConfigurationError(message) from error
    except ValueError as error:
        message = f"{demo} is not valid JSON."
        raise ConfigurationError(message) from error
    except (KeyError, IndexError, TypeError) as error:
        message = f"{demo} does not describe the service {key}: {error!r} is missing."
        raise ConfigurationError(message) from error


def _service(demo: Mapping[str, Any], key: str) -> Service:
    services = demo["services"]
    itself = _named(services, key)
    application = _named(demo["applications"], key)
    return Service(
        key=key,
        name=itself["name"],
        url=itself["url"].rstrip("/"),
        issuer=demo["issuer"],
        client_id=application["client_id"],
        client_secret=application["client_secret"],
        # Empty where the service is told of nothing.
        events_token=application["events_token"],
        redirect_uri=application["redirect_uris"][0],
        post_logout_redirect_uri=application["post_logout_redirect_uris"][0],
        neighbours=tuple(Neighbour(s["name"], s["url"]) for s in services if s["key"] != key),
    )


def _named(entries: Sequence[Mapping[str, Any]], key: str) -> Mapping[str, Any]:
    for entry in entries:
        if entry["key"] == key:
            return entry
    raise KeyError(key)
