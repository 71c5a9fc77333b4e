"""Pages on which a support lead and an auditor keep looks at an account from its owner for a while.

Owns which account is meant, and that nobody decides about their own. Must not know how events are
told.
"""
