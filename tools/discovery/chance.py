"""Chance that can be repeated: what is drawn from one seed is the same on every machine."""

from random import Random


class Chance(Random):
    """Draws by a seed. For made-up data and pictures, never for secrets."""
