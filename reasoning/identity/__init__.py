"""Which ids stand for one thing: judgements about two nouns, made and withdrawn; may import graph, ontology."""
