"""From words to the known: actors by name, office and date; places; dates."""
