"""Tests: their folders follow the apps; protocol, journeys and project span them."""
