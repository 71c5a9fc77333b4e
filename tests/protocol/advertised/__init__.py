"""What each member of the metadata promises, tried over the wire; `table` has them all."""
