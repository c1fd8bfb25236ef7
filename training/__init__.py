"""The training of the event model: corpus, examples, network, export."""
