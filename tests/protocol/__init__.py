"""The protocol, specification by specification: a module each, a class a section."""
