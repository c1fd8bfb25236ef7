"""Runs the migrations on the connection, and in the transaction, of the caller."""

from alembic import context

from crisiswire.storing.schema import VERSION_TABLE
from crisiswire.storing.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
)
with context.begin_transaction():
    context.run_migrations()
