"""What whoever reads an old address can still do: stop a change, or freeze the account for staff.

It only ever makes the account safer. Must not know how a change is confirmed, and restores nothing.
"""
