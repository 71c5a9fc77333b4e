"""What people and accounts may be called: full names and sign-in names, and fields to type them in.

Must not know whose name it is, nor whether somebody has it already.
"""
