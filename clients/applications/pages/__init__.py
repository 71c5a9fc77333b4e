"""The first page of each application.

Must not know what requests, tokens or residents an application has.
"""
