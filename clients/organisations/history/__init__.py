"""What happened to an organisation and its applications, for its members.

Owns the page and the words. Reads the audit log, and must not know what residents did with the
applications: that is theirs.
"""
