"""Trying an application's sign-in: a request is put together, sent, and shown beside its answer.

Owns the runs and their pages; knows sandbox applications alone. Must not keep codes or tokens.
"""
