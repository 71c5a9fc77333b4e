"""Everything that starts, ships or measures the provider; the provider never imports it."""
