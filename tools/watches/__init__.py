"""Watches: being told when something that was looked for is new, has changed, or is gone."""
