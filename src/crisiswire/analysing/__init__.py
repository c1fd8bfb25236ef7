"""What a whole store says: computed from its events, changed nothing."""
