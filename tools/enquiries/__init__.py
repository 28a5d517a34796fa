"""Enquiries: a person and whoever looks after a property get in touch."""
