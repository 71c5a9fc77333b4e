"""Argon2id with the costs that the settings name."""

import argon2
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2idHasher(Argon2PasswordHasher):
    """Django's hasher, whose own costs are fixed in its class."""

    def params(self) -> argon2.Parameters:
        """Return the costs for new hashes; a hash with others is made anew at the next sign-in."""
        parameters: argon2.Parameters = super().params()
        parameters.memory_cost = settings.ARGON2_MEMORY_KIB
        parameters.time_cost = settings.ARGON2_TIME_COST
        parameters.parallelism = settings.ARGON2_PARALLELISM
        return parameters
