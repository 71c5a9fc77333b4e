"""Letters: a row queued in the transaction that makes it true, written and handed over later.

Owns which address may be written to, the paper, and the ways out of the house. Must not know why a
letter is sent. Nobody on the staff can open one: its code is minted while it is written, and the
file is encrypted to the supplier, or goes to GOV.UK Notify at once.
"""
