"""The council's pages: what waits, and the answer of one of two people.

Must not know requests or tokens; only approvers enter, by their staff accounts.
"""
