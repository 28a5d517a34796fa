"""Watches: news of what people look for, found and told."""
