"""The marketplace: shortlists, visits, and whoever looks after a property."""
