"""Choosing: a deck of properties to like or to pass, and what is recommended from it."""
