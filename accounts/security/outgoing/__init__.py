"""The only way in which this server asks an address that a partner gave (OWASP: SSRF).

Owns what may be asked and how much of an answer is read. Knows nothing of who gave the address or
what the answer is for. Call it outside any transaction: it may wait for seconds.
"""
