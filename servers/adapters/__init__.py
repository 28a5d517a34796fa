"""What implements the tools' ports and needs no agent."""
