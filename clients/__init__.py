"""Partner organisations and their applications. Knows nothing of tokens or consent."""
