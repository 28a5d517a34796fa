"""The conversation: the same tools, driven by a model in this process."""
