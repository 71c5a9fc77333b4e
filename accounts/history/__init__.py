"""What happened to an account, told to its owner, and what they do when it was not them.

Owns the pages of sign-ins and security events, and "this wasn't me" on each of them and in every
mail. It only ever makes an account safer: it signs nobody in, unfreezes and restores nothing. Must
not know services or tokens: whoever holds such ends them when news of this arrives.
"""
