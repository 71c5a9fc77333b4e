"""What an account's owner says of themselves: name, former name, date of birth, language.

Each was stated by its owner, or checked by the council. Must not know who is told of it.
"""
