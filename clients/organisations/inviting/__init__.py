"""Asking somebody by mail to look after an organisation's applications.

Owns invitations and both sides' pages of them. Must not know what a member may do.
"""
