"""An account's phone number: stated, confirmed by a text where we send any, asked for again.

Must not know what a confirmed number is good for, nor how a text gets to it.
"""
