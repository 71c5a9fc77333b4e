"""An application's sign-ins, sharing, errors and latencies, as charts with the tables behind.

Counts only what the application proved to have sent, and what residents answered while signed in:
nobody can draw these charts from outside. Small numbers are shown: each is a sign-in or an answer
that the application's own server was told of. Must not know single residents.
"""
