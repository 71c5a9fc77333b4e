"""Changing one's own password while signed in.

Must not know recovery, which replaces a password by other means.
"""
