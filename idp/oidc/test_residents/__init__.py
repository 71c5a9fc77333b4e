"""The page on which a member of an organisation chooses as which test resident to sign in.

They know all passwords and codes of these made-up people: to type them would prove nothing more.
Must not know what a test resident is like.
"""
