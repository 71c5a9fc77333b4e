"""The demonstration's services, beside a served provider."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy import programs
from deploy.children import Children, answers
from deploy.demo_services.configuration import SERVICES
from tests.environment import ROOT
from tests.serving.provider import Served, free_port, run_command


@dataclass(frozen=True)
class Services:
    """The services' addresses, and all that the demonstration writes down about itself."""

    council_tax: str
    community_hub: str
    housing_benefit: str
    demo: dict[str, Any]


@contextmanager
def running(served: Served, folder: Path) -> Iterator[Services]:
    """Yield the services once they answer; their processes end with the block."""
    ports = {name: free_port() for name in SERVICES}
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
