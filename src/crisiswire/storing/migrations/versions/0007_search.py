"""Full-text search over articles; indexes for pages.

On both databases letter case, accents and punctuation do not count. In SQLite an FTS5 index
reads text and title from ``articles`` and triggers keep it up. In PostgreSQL the words stand in a
generated column; its functions name no table and no function of ours that a restored copy of the
database could lack while it is filled.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# As FTS5's tokenizer unicode61 reads a text: letters and digits, in lower case, without accents.
_WORDS = (
    'regexp_replace(regexp_replace(normalize(lower({} COLLATE "default"), NFD), '
    "'[\u0300-\u036f]+', '', 'g'), '[^[:alnum:]]+', ' ', 'g')"
)
_BREAK = "xxbreakofwordsxx"
_LONGEST = 100_000  # characters indexed of an article with too many words for one tsvector


_INDEXES = [  # table, index of before, its columns, index from now on, its columns
    ("articles", "ix_articles_date", ["date"], "ix_articles_date_id", ["date", "id"]),
    ("articles", "ix_articles_outlet", ["outlet"], "ix_articles_outlet_date",
     ["outlet", "date", "id"]),
    ("events", "ix_events_dates", ["date_start", "date_end"], "ix_events_date_id",
     ["date_start", "event_id", "date_end"]),
    ("events", "ix_events_type", ["event_type"], "ix_events_type_date",
     ["event_type", "date_start", "event_id"]),
    ("events", "ix_events_place_country", ["place_country"], "ix_events_place_date",
     ["place_country", "date_start", "event_id"]),
]  # fmt: skip


def upgrade() -> None:
    for table, before, _, name, columns in _INDEXES:
        op.drop_index(before, table)
        op.create_index(name, table, columns)
    op.create_index(
        "ix_events_copied",
        "events",
        ["pk"],
        sqlite_where=sa.text("copied IS 1"),
        postgresql_where=sa.text("copied IS true"),
    )
    op.create_index("ix_parties_entity", "parties", ["entity_id", "role", "event_pk"])
    if op.get_bind().dialect.name == "sqlite":
        _create_sqlite_search()
    else:
        _create_postgres_search()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for moment in ("insert", "delete", "update"):
            op.execute(f"DROP TRIGGER articles_search_{moment}")
        op.execute("DROP TABLE article_search")
    else:
        op.drop_column("articles", "article_search")
        op.drop_index("ix_events_search", "events")
        op.execute("DROP FUNCTION crisiswire_vector(text, text)")
        op.execute("DROP FUNCTION crisiswire_words(text)")
        op.execute(
            "CREATE INDEX ix_events_search ON events "
            "USING gin (to_tsvector('simple'::regconfig, evidence_text))"
        )
    op.drop_index("ix_parties_entity", "parties")
    op.drop_index("ix_events_copied", "events")
    for table, before, columns, name, _ in _INDEXES:
        op.drop_index(name, table)
        op.create_index(before, table, columns)


def _create_sqlite_search() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE article_search USING fts5(title, text, content='articles', "
        "content_rowid='pk', tokenize='unicode61 remove_diacritics 2')"
    )
    remove = (
        "INSERT INTO article_search(article_search, rowid, title, text) "
        "VALUES ('delete', old.pk, old.title, old.text);"
    )
    add = "INSERT INTO article_search(rowid, title, text) VALUES (new.pk, new.title, new.text);"
    for moment, name, body in (
        ("AFTER INSERT", "articles_search_insert", add),
        ("AFTER DELETE", "articles_search_delete", remove),
        ("AFTER UPDATE OF title, text", "articles_search_update", f"{remove} {add}"),
    ):
        op.execute(f"CREATE TRIGGER {name} {moment} ON articles BEGIN {body} END")
    op.execute("INSERT INTO article_search(article_search) VALUES ('rebuild')")


def _vector(words: str) -> str:
    return f"ts_delete(to_tsvector('simple'::regconfig, {_WORDS.format(words)}), '{_BREAK}')"


def _create_postgres_search() -> None:
    op.execute(
        "CREATE FUNCTION crisiswire_words(words text) RETURNS text "
        "LANGUAGE sql IMMUTABLE PARALLEL SAFE "
        f"RETURN {_WORDS.format('words')}"
    )
    # A word stands between title and text, lest a phrase be found across, and is then taken out.
    whole = f"concat_ws(' {_BREAK} ', title, body)"
    op.execute(
        "CREATE FUNCTION crisiswire_vector(title text, body text) RETURNS tsvector "
        "LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$ BEGIN "
        f"RETURN {_vector(whole)}; "
        "EXCEPTION WHEN program_limit_exceeded THEN "
        f"RETURN {_vector(f'left({whole}, {_LONGEST})')}; "
        "END $$"
    )
    op.execute(
        "ALTER TABLE articles ADD COLUMN article_search tsvector "
        "GENERATED ALWAYS AS (crisiswire_vector(title, text)) STORED"
    )
    op.execute("CREATE INDEX ix_articles_search ON articles USING gin (article_search)")
    op.execute("DROP INDEX ix_events_search")
    op.execute(
        "CREATE INDEX ix_events_search ON events "
        "USING gin (to_tsvector('simple'::regconfig, crisiswire_words(evidence_text)))"
    )
