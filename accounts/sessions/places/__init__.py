"""Where somebody is signed in, and which browsers are remembered: seeing it and ending it.

Owns the page. Must not know where a browser is: only its kind, and since when.
"""
