"""What tests/run.py runs, inside the environment: lint steps, then pytest on each database."""
