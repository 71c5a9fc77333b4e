"""Registering and changing a sandbox application by hand: what is asked, and what follows from it.

Owns what members of an organisation may decide themselves. Must not know how secrets are shown
later, nor how an application goes live.
"""
