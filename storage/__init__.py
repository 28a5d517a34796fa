"""What 360 Ghar remembers: tables, named queries and the engines below them."""
