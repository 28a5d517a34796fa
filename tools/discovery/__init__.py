"""Discovery: finding a property, from plain words or from filters."""
