"""Whoever stands before the front door: people with browsers, apps and MCP hosts."""
