"""Importing listings: a file of somebody else's rows, read, mended, judged and loaded."""
