"""Everyone who signs in: accounts, sessions, ways to sign in. Never hears of OAuth."""
