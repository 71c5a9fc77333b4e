"""Ending tokens: by session, participant, consent, application, account or family.

Owns the table "what ends what" for codes, access and refresh tokens. Must not know why something
ended, nor how tokens are made or checked.
"""
