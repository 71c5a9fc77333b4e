"""Receipts: what a resident agreed to, as a page to keep or print and as signed JSON.

Owns how a receipt is put together, and its schema. Reads agreements, and must not know how they
come about.
"""
