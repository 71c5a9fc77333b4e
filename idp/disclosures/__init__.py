"""The ledger of what services were given about an account, kept for its owner.

Owns its rows: one more is written, or counted, before anything leaves. Must not know what a claim
means, nor how the ledger is shown.
"""
