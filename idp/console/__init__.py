"""The council's console: where its staff begin, and what each of them may do from there.

Must not know how staff sign in; each page is behind `accounts/staffing/decorators.py`.
"""
