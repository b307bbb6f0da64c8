"""SQL that makes a table append-only on both databases (DESIGN 11). Used by migrations and by the tests' flush."""

MESSAGE = "this table is append-only"

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION people_append_only() RETURNS trigger AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM people_retentionpass) THEN RAISE EXCEPTION '{MESSAGE}'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$ LANGUAGE plpgsql
"""


def install(schema_editor, table: str) -> None:
    """Refuse every UPDATE and DELETE on the table unless a retention pass stands in the same transaction."""
    for statement in _install_sql(schema_editor.connection.vendor, table):
        schema_editor.execute(statement)


def remove(schema_editor, table: str) -> None:
    """Take the triggers away again."""
    postgres = schema_editor.connection.vendor == "postgresql"
    for act in ("update", "delete", *(["truncate"] if postgres else [])):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}" + (f" ON {table}" if postgres else ""))


def _install_sql(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return [_POSTGRES_FUNCTION] + [
            f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
            f"FOR EACH {'STATEMENT' if act == 'truncate' else 'ROW'} EXECUTE FUNCTION people_append_only()"
            for act in ("update", "delete", "truncate")
        ]
    return [
        f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} "
        "WHEN NOT EXISTS (SELECT 1 FROM people_retentionpass) "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for act in ("update", "delete")
    ]
