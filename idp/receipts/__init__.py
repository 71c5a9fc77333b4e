"""Receipts: what a resident agreed to, as a page to keep or print and as signed JSON.

Owns how a receipt is put together, its schema, and the digests of the values that were shown. Reads
agreements, and must not know how they come about.
"""
