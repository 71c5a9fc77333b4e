"""Text messages with a code: a row queued in the transaction, minted and sent by the worker.

Owns the codes, their checking and the ways out of the house; off unless the settings name one. Must
not know what a right code opens.
"""
