"""Accounts that nobody has used for years: telling their owners, and who may close one.

Their owners are reminded by mail, twice and months apart. No account closes by mail alone: after
years the mailbox may be gone, or be somebody else's, and an unread mail says nothing of whether a
resident still wants the account. Where the council lets the clock close, it tells the day months
before, by mail and by a second way, a text message or a letter; what did not arrive does not count.
Any other account waits for an operator, who can look into what the council knows, write or ring,
and `account unused` says why it waits. Either closing can be undone by signing in. Must not know
which services an account is used with: the audit log tells when it was used.
"""
