"""The demonstration's outbox: mails and texts kept as files and shown on a page, never sent.

Owns a mail backend, a way out for text messages and one page. Must not be reachable anywhere else:
the page answers 404 and a system check refuses both unless DEMO is set.
"""
