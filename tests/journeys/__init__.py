"""Journeys: what a person does from first page to last, in a real browser."""
