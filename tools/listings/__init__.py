"""Listings: what owners offer, from a few words to its end."""
