"""The page Try it: runs, and what is checked of their answers."""
