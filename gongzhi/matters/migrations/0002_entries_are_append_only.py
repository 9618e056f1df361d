from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION matters_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the file is append-only: % refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON matters_entry
    FOR EACH ROW EXECUTE FUNCTION matters_entry_is_append_only();
"""
NOT_APPEND_ONLY = """
DROP TRIGGER append_only ON matters_entry;
DROP FUNCTION matters_entry_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]
    operations = [migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY)]
