"""What people and accounts may be called, and fields to type it in; how phone numbers are written.

Must not know whose name it is, nor whether somebody has it already.
"""
