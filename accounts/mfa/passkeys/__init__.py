"""Passkeys and security keys: what a browser is asked to sign, and whether its answer counts.

Owns both ceremonies of WebAuthn Level 3 on the server's side, the pages that add a key, and the
list of websites that share our passkeys. A passkey signs in alone and verifies its user; a security
key only ever stands behind a password. Must not know which sign-in or sign-up asks.
"""
