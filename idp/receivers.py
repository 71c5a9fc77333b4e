"""What the provider does when something happens to an account."""
