"""What `tierscope exposure` answers, a measure a module; each asks `reasoning` and shapes a document and tables."""
