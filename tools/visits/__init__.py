"""Visits: seeing a property in person, at a time that suits whoever shows it."""
