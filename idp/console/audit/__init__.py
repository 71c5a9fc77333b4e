"""The auditors' pages: search the audit log, read an event, verify the log, download an export.

Owns no rows and changes none. Must not know whom a resident's account belongs to; of the council's
own people it says who they are.
"""
