"""Photos: pictures of properties, taken in, looked through and served."""
