"""The vocabulary, the records made of it, their ids, instants and errors. Imports no other room."""
