"""The council's staff: their accounts, apart from residents', their roles, keys and sign-in.

Owns who enters a page for staff, and by which permission (`accounts/staff.py`). Must not know what
any of those pages does.
"""
