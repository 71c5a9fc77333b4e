"""Keeping people out who live, or lived, with an account's owner.

Owns marking a way to reach somebody unsafe, discreet mails, and the guide for when people part.
Sends nothing to, and obeys nothing from, a way that its owner no longer trusts; `notices.queries`
asks about that for every mail. Must not know services: those that keep addresses of their own are
told by nobody but the resident.
"""
