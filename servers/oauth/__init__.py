"""The OAuth 2.1 authorization server for MCP hosts, on the provider interface of the MCP SDK."""
