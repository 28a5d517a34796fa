"""Notifications: what people are told, where, and when not."""
