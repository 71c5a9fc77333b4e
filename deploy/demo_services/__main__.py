"""Start one service: `python -m deploy.demo_services --demo F --service council-tax --port N`."""

import argparse
import sys
from pathlib import Path

from deploy.demo_services import configuration, server


def main() -> None:
    """Read the arguments and serve; a plain sentence and status 2 when that cannot be."""
    arguments = _arguments()
    try:
        server.serve(configuration.read(arguments.demo, arguments.service), arguments.port)
    except configuration.ConfigurationError as error:
        _stop(str(error))
    except server.PortTakenError:
        _stop(f"Port {arguments.port} is taken: stop the program that uses it, or choose another.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m deploy.demo_services", description=__doc__)
    parser.add_argument("--demo", type=Path, required=True, help="the demo.json to read")
    parser.add_argument("--service", choices=configuration.SERVICES, required=True)
    parser.add_argument("--port", type=int, required=True)
    return parser.parse_args()


def _stop(message: str) -> None:
    print(message, file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main()
