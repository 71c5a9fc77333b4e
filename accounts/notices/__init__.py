"""Mails: a row queued in the transaction that makes it true, sent later by the worker.

Owns what each mail carries and looks like, minting its link and code at sending, and finding a mail
again by its link. Must not know why a mail is sent or what following its link does: URL names stand
here as text, and the features above decide.
"""
