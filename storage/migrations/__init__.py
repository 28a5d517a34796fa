"""The history of the tables, one dated step at a time."""
