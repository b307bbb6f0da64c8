"""SQL that keeps the words of a published version as both sides agreed to them, on SQLite and PostgreSQL.

Whoever rebuilds one of these tables in a migration on SQLite installs its triggers again.
"""

MESSAGE = "a published version of the framework cannot change"
PUBLISHED = "SELECT 1 FROM partnerships_frameworkversion v WHERE v.state = 'published' AND v.id"
OF_TEXT = "(SELECT t.version_id FROM partnerships_behaviourtext t WHERE t.id = NEW.behaviour{}text_id)"

VERSION_TABLE = "partnerships_frameworkversion"

# table -> the id of the version that a row belongs to
TABLES = {
    "partnerships_principle": "NEW.version_id",
    "partnerships_proficiencylevel": "NEW.version_id",
    "partnerships_behaviourtext": "NEW.version_id",
    "partnerships_roleprofile": "NEW.version_id",
    "partnerships_sponsoragreement": "NEW.version_id",
    "partnerships_behaviourtext_principles": OF_TEXT.format(""),
    "partnerships_leveltext": OF_TEXT.format("_"),
    "partnerships_indicator": OF_TEXT.format("_"),
    "partnerships_profileitem": OF_TEXT.format("_"),
}
CONDITIONS = {table: f"EXISTS ({PUBLISHED} = {version})" for table, version in TABLES.items()}


def install(schema_editor) -> None:
    """Refuse every change to the words of a published version."""
    for table, condition in CONDITIONS.items():
        before = condition.replace("NEW.", "OLD.")
        _install(schema_editor, table, "INSERT", condition)
        _install(schema_editor, table, "UPDATE", f"{condition} OR {before}")
        _install(schema_editor, table, "DELETE", before)
    for act in ("UPDATE", "DELETE"):
        _install(schema_editor, VERSION_TABLE, act, "OLD.state = 'published'")


def remove(schema_editor) -> None:
    """Take the triggers away again."""
    postgres = schema_editor.connection.vendor == "postgresql"
    for table in [*CONDITIONS, VERSION_TABLE]:
        for act in ("insert", "update", "delete"):
            name = f"{table}_frozen_{act}"
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if postgres else ""))
            if postgres:
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def _install(schema_editor, table: str, act: str, condition: str) -> None:
    name = f"{table}_frozen_{act.lower()}"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger AS $$ BEGIN IF {condition} THEN "
            f"RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN {'OLD' if act == 'DELETE' else 'NEW'}; END $$ LANGUAGE plpgsql"
        )
        schema_editor.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        return
    schema_editor.execute(
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    )
