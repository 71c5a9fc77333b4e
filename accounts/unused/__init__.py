"""Accounts that nobody has used for years: reminding their owners, and who may close one.

No account closes by mail alone: after years the mailbox may be gone, or be somebody else's, and an
unread reminder says nothing of whether a resident still wants the account. So the job only
reminds, twice and months apart; then an operator, who can look into what the council knows, write
a letter or ring, closes it by hand. Even that waits like any closing, and can be undone by signing
in. Must not know which services an account is used with: the audit log tells when it was used.
"""
