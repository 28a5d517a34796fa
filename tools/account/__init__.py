"""The account: who somebody is here, where they are signed in, what they allowed, and how they leave."""
