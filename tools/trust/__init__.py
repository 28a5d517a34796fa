"""Trust: what was done, taking it back, and what waits for a person."""
