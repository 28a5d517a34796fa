"""Shortlists: what a person keeps, alone or with others."""
