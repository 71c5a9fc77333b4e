"""The first page of an organisation, and the list of all that somebody looks after.

Owns both pages. Must not know what can be done with an application.
"""
