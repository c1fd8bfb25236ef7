"""The history of the store's tables.

Each file in ``versions`` is one step with ``upgrade`` and ``downgrade``; a released
step is never changed. :data:`crisiswire.storing.schema.HEAD` names the last one. A
step runs within one transaction, on SQLite with foreign keys off.
"""
