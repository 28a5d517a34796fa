"""What our pages say: one module for each page, with a table `WORDS` from a key to English and Hindi."""
