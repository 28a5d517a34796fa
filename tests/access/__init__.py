"""Who may call what: the whole catalog, by every kind of caller, on every surface."""
