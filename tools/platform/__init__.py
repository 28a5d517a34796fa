"""The platform itself: what staff see of its catalog, its database and its imports."""
