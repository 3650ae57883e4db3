"""Which ids stand for one thing: judgements about two entities, made and withdrawn; may import graph, ontology."""
