"""The demonstration's services, beside a served provider."""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from deploy import programs
from deploy.children import Children, answers
from tests.environment import ROOT
from tests.serving.provider import Served, run_command

# The worker may be starting, on a busy machine.
_SECONDS = 45


@dataclass(frozen=True)
class Services:
    """The services' addresses, and all that the demonstration writes down about itself."""

    council_tax: str
    community_hub: str
    housing_benefit: str
    demo: dict[str, Any]

    def wait_for_event(self, url: str, words: str) -> None:
        """Wait until the service at this address shows that it was told this.

        Raises:
            AssertionError: it was not told in time.
        """
        deadline = time.monotonic() + _SECONDS
        while time.monotonic() < deadline:
            if words in httpx.get(url, timeout=_SECONDS).text:
                return
            time.sleep(0.2)
        message = f"{url} was not told within {_SECONDS} seconds: {words}"
        raise AssertionError(message)


@contextmanager
def running(served: Served, folder: Path, ports: Mapping[str, int]) -> Iterator[Services]:
    """Yield the services once they answer; their processes end with the block."""
    urls = {service: f"http://127.0.0.1:{port}" for service, port in ports.items()}
    run_command(
        served.environment,
        *("demo", "--data", str(folder), "--council-tax-url", urls["council-tax"]),
        *("--hub-url", urls["community-hub"], "--housing-url", urls["housing-benefit"]),
    )
    summary = folder / "demo.json"
    children = Children(folder=ROOT, environment=served.environment, logs=folder)
    try:
        for service, port in ports.items():
            command = programs.service(sys.executable, service, summary=summary, port=port)
            children.start(service, *command)
        children.wait(lambda: all(answers(f"{url}/") for url in urls.values()), seconds=180)
        demo = json.loads(summary.read_text(encoding="utf-8"))
        yield Services(urls["council-tax"], urls["community-hub"], urls["housing-benefit"], demo)
    finally:
        children.stop()
