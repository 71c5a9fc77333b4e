"""What the council's operators change of live applications by commands.

Owns that it goes through the same review as what organisations ask for, and the one way past that,
for a named emergency. Must not know commands or what they print.
"""
