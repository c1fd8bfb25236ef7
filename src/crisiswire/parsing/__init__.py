"""From text to sentences with their syntax, and from syntax to who does what to whom.

``parser`` is the only module that knows spaCy; ``tree`` holds the sentence, ``clauses``
undoes passive, control, relatives and coordination, ``mentions`` cuts noun phrases.
"""
