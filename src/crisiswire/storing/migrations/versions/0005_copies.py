"""Copies of one report are linked to the first; articles that were not coded say why.

Copies are looked for among what is saved from now on, and what is saved anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
# Text is compared by code point on both databases.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("articles", sa.Column("copy_of", TEXT))
    op.add_column("articles", sa.Column("not_coded", TEXT))
    op.create_index("ix_articles_copy_of", "articles", ["copy_of"])
    op.create_index("ix_articles_not_coded", "articles", ["not_coded"])
    op.add_column(
        "events", sa.Column("copied", sa.Boolean, nullable=False, server_default=sa.false())
    )
    op.create_table(
        "article_keys",
        sa.Column("key", sa.BigInteger, nullable=False),
        sa.Column("day", sa.Integer, nullable=False),
        sa.Column(
            "article_pk", KEY, sa.ForeignKey("articles.pk", ondelete="CASCADE"), nullable=False
        ),
        sa.PrimaryKeyConstraint("key", "day", "article_pk"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_article_keys_article", "article_keys", ["article_pk"])


def downgrade() -> None:
    op.drop_table("article_keys")
    op.drop_column("events", "copied")
    op.drop_index("ix_articles_not_coded", "articles")
    op.drop_index("ix_articles_copy_of", "articles")
    op.drop_column("articles", "not_coded")
    op.drop_column("articles", "copy_of")
