"""Speaking OpenID Connect to the council's directory, as its client; made with Authlib.

Owns every request to it and what of an answer is believed. Must not know what an answer opens.
Call it outside any transaction: it may wait for seconds.
"""
