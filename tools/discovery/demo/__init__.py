"""Demonstration data: made-up properties at real places, the same for the same seed."""
