"""What exists: the vocabulary, the records made of it, their ids, times and errors. Imports no other room."""
