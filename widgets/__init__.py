"""What is seen in a chat: interfaces that hosts render beside an answer."""
