"""The rules that read one kind of phrase each: money, areas, places, homes."""
