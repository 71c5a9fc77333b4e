"""Databases for a test run: a PostgreSQL server of its own, fresh databases on either engine."""
