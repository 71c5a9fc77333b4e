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

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Spend what a cheaper, older hash saved over a new one.

        Otherwise raised costs would tell accounts not used since from names that nobody has.
        """
        old, new = self.decode(encoded), self.params()
        spared = new.memory_cost * new.time_cost - old["memory_cost"] * old["time_cost"]
        passes = round(spared / new.memory_cost)
        if passes > 0:
            argon2.low_level.hash_secret(
                password.encode(),
                self.salt().encode(),
                time_cost=passes,
                memory_cost=new.memory_cost,
                parallelism=new.parallelism,
                hash_len=new.hash_len,
                type=new.type,
            )
