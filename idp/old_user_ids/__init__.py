"""Bringing people along: what a service called its users before they signed in here.

Owns registering old user ids, claiming one, and separating it again. An id that waits is a keyed
hash and leads to nobody: registering makes no account and no way to sign in, and writes to nobody.
Must not know how a service proves whose an id is, nor how tokens carry it.
"""
