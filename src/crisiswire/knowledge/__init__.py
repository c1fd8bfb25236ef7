"""Facts as data: the ontology, the event lexicon, actors, places, and their loaders."""
