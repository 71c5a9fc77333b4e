"""Text messages: a row queued in the transaction that makes it true, sent later by the worker.

Owns codes, which are minted at sending, their checking, and the ways out of the house; off unless
the settings name one. Must not know what a right code opens, nor why something is told.
"""
