"""System checks that refuse unsafe or contradictory settings."""
