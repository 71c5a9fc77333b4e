"""A real provider in processes of its own, its mail, its demo services, and a real browser."""
