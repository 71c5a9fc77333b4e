"""Gets a fresh database and folder ready to be served: `python -m tests.serving.prepare`.

One process for what a first start does with three commands, because each would load Django anew.
"""

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("keys", "create")
    call_command("collectstatic", verbosity=0, interactive=False)
