"""The demonstration's outbox: mails kept as files and shown on a page, instead of being sent.

Owns a mail backend and one page. Must not be reachable anywhere else: the page answers 404 and a
system check refuses the backend unless DEMO is set.
"""
