"""The settings that tests run with: harmless, public, and there before Django reads any.

Loaded as pytest's first plugin and by the runner for the tools that start Django.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "idp.settings",
    "BOROUGH_ISSUER": "http://localhost:8000",
    "BOROUGH_DEMO": "yes",
    "BOROUGH_SECRET_KEY": "only for tests, and long enough that no system check complains of it",
    "BOROUGH_HASH_KEYS": "1:dGVzdHMgb25seSwgbmV2ZXIgaW4gcHJvZHVjdGlvbiE=",
    "BOROUGH_FIELD_ENCRYPTION_KEYS": "1:dGVzdHMgb25seSwgbmV2ZXIgaW4gcHJvZHVjdGlvbiE=",
    "BOROUGH_AUDIT_KEYS": "1:dGVzdHMgb25seSwgbmV2ZXIgZm9yIHJlYWwgc2VhbHM=",
    # The least that Argon2 takes: what tests check is that it is called, not that it is slow.
    "BOROUGH_ARGON2_MEMORY_KIB": "8",
    "BOROUGH_ARGON2_TIME_COST": "1",
    # Unhashed names straight from the source tree, so that no collectstatic comes first.
    "BOROUGH_STATIC_STORAGE": "django.contrib.staticfiles.storage.StaticFilesStorage",
    "BOROUGH_STATIC_ROOT": str(ROOT / "accounts" / "static"),
}

for _name, _value in SETTINGS.items():
    os.environ.setdefault(_name, _value)
