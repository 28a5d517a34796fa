"""What 360 Ghar can do: typed tool functions, written once and served on every surface."""
