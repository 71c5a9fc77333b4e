#!/usr/bin/env python3
"""Run an operator command: `python manage.py help` lists them."""

import os
import sys


def main() -> None:
    """Run it; whoever lacks Django or the settings is told so in one line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "idp.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
        from django.core.management import execute_from_command_line  # noqa: PLC0415
    except ImportError:
        sys.exit(
            "This Python has no Django: use .venv/bin/python manage.py, or, for a demonstration,"
            " python3 deploy/demo.py manage."
        )
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(
            f"{problem} deploy/README.md tells how to load the settings; for a demonstration's:"
            " python3 deploy/demo.py manage."
        )


if __name__ == "__main__":
    main()
