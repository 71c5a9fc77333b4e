#!/usr/bin/env python3
"""Serves the provider, its worker and three demonstration services on this machine.

Standard library only: it makes the environment first. `python3 deploy/demo.py --help`
"""

from __future__ import annotations

import argparse
import json
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

# Run as a file: the first entry is deploy/, whose modules could shadow the standard library's.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from deploy import environment, programs
from deploy.children import Children, Died, Stopped, answers
from deploy.demo_folder import DemoFolder
from deploy.ports import Ports, first_of_four, free

_USUAL_FOLDER: Final = environment.ROOT / ".demo"


def main() -> int:
    """Run the demonstration until it is stopped; return the exit code."""
    arguments = _arguments()
    # Until the children have handlers of their own, a termination ends us as Ctrl-C does.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder, ports = DemoFolder(arguments.data.resolve()), Ports(arguments.port)
    try:
        if arguments.manage:
            return _manage(folder, arguments.manage[1:])
        return _run(folder, ports)
    except KeyboardInterrupt:
        _say("Stopped before it was ready.")
        return 0


def _run(folder: DemoFolder, ports: Ports) -> int:
    began = time.monotonic()
    _refuse_taken(ports)
    python = str(environment.ensure(environment.RUNTIME))
    folder.create()
    with folder.held():
        if not _prepare(python, folder, ports):
            return 1
        return _serve(python, folder, ports, began)


def _serve(python: str, folder: DemoFolder, ports: Ports, began: float) -> int:
    children = Children(
        folder=environment.ROOT, environment=folder.environment(ports), logs=folder.logs
    )
    children.stop_on_signals()
    try:
        _start(children, python, folder, ports)
        _say(f"Ready after {time.monotonic() - began:.1f} s\n\n{_summary(folder)}\n")
        children.wait(lambda: False)
    except (Died, TimeoutError) as reason:
        _say(f"\n{reason}")
        return 1
    except Stopped:
        _say("\nStopping")
    finally:
        children.stop()
    return 0


def _manage(folder: DemoFolder, command: list[str]) -> int:
    """Run an operator command on the folder's database, whether or not it is being served."""
    settings = folder.environment(folder.served_at())
    python = str(environment.ensure(environment.RUNTIME))
    manage = str(environment.ROOT / "manage.py")
    return subprocess.run([python, manage, *command], check=False, env=settings).returncode


def _prepare(python: str, folder: DemoFolder, ports: Ports) -> bool:
    command = [python, "-m", "deploy.demo_prepare", "--data", str(folder.path)]
    command += ["--council-tax-url", ports.council_tax_url]
    command += ["--hub-url", ports.hub_url, "--housing-url", ports.housing_url]
    finished = subprocess.run(
        command,
        check=False,
        cwd=environment.ROOT,
        env=folder.environment(ports),
        start_new_session=True,  # Ctrl-C ends it through us, without its traceback
    )
    return finished.returncode == 0


def _start(children: Children, python: str, folder: DemoFolder, ports: Ports) -> None:
    _say("Starting the provider, the worker and three services")
    children.start("provider", *programs.provider(python, ports.provider))
    children.start("worker", *programs.worker(python))
    children.start("sealer", *programs.sealer(python))
    services = {
        "council-tax": ports.council_tax,
        "community-hub": ports.community_hub,
        "housing-benefit": ports.housing_benefit,
    }
    for name, port in services.items():
        command = programs.service(python, name, summary=folder.summary, port=port)
        children.start(name, *command)
    waiting = {f"{ports.issuer}/readyz"}
    waiting |= {f"{url}/" for url in (ports.council_tax_url, ports.hub_url, ports.housing_url)}

    def all_answer() -> bool:
        waiting.difference_update([address for address in waiting if answers(address)])
        return not waiting

    children.wait(all_answer, seconds=60)


def _refuse_taken(ports: Ports) -> None:
    port = ports.taken()
    if port is not None:
        others = free()
        sys.exit(
            f"Port {port} is taken by another program. Stop it, or choose four other ports in a "
            f"row:\npython3 deploy/demo.py --port {others.provider if others else 'N'}"
        )


def _summary(folder: DemoFolder) -> str:
    demo = json.loads(folder.summary.read_text(encoding="utf-8"))
    lines = ["Open one of the services and sign in:"]
    lines += [f"  {service['url']}  {service['name']}" for service in demo["services"]]
    lines += ["", "Sign in as, or create an account of your own:"]
    lines += [f"  {person['email']}  {person['password']}" for person in demo["people"]]
    lines += ["", "Two of them have a second way to sign in:"]
    lines += [
        _second_way(person, folder)
        for person in demo["people"]
        if person.keys() & {"app_secret", "sheet"}
    ]
    lines += ["", "Sandbox applications of the council know its test residents alone:"]
    lines += [
        f"  {one['sign_in_name']}  {one['password']}  app secret {one['app_secret']}"
        for one in demo["test_residents"][:2]
    ]
    lines += ["", f"Mail that it sends:  {demo['outbox']}", f"The provider:  {demo['issuer']}"]
    lines += [f"Register an application of your own:  {demo['issuer']}/partners"]
    chosen = "" if folder.path == _USUAL_FOLDER else f" --data {shlex.quote(str(folder.path))}"
    lines += ["", f"Commands for operators:  python3 deploy/demo.py{chosen} manage help"]
    lines += [f'Help people as staff:  {demo["issuer"]}/staff (README.md, "Help residents")']
    lines += ["", f"All this is also in {folder.summary}. Stop with Ctrl-C."]
    return "\n".join(lines)


def _second_way(person: dict[str, str], folder: DemoFolder) -> str:
    if "app_secret" in person:
        return f"  {person['email']}  an app: type {person['app_secret']} into yours"
    return f"  {person['email']}  a printed sheet: its codes are in {folder.summary}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Serve Borough Login and three demo services.")
    parser.add_argument(
        "--data", type=Path, default=_USUAL_FOLDER, help="data folder (default .demo)"
    )
    parser.add_argument(
        "--port",
        type=first_of_four,
        default=8000,
        help="the first of four ports in a row (default 8000)",
    )
    parser.add_argument(
        "manage",
        nargs=argparse.REMAINDER,
        metavar="manage COMMAND …",
        help="run an operator command on the data folder instead: manage application list",
    )
    arguments = parser.parse_args()
    if arguments.manage and arguments.manage[0] != "manage":
        parser.error(f"what follows the options must begin with manage, not {arguments.manage[0]}")
    return arguments


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
