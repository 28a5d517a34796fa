"""Signing in on our own pages: one-time codes, and the browser's session that they begin."""
