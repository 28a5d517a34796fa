"""The projection of tools to REST and OpenAPI."""
