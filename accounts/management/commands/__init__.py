"""Commands; each is one file."""
