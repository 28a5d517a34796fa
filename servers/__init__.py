"""What runs: settings, the composition root, the MCP servers, streams and the command line."""
