"""Joining two accounts of one person, who proves both: one goes on, the other is closed.

Proposed to nobody: two accounts with one mailbox may be two people. Agreements do not move, and
services know nothing of it: their list for the guide comes through a setting.
"""
