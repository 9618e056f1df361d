from django.db import migrations

TELL = """
CREATE FUNCTION figures_note_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO figures_change (matter_id) SELECT id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER figures_note_opened AFTER INSERT ON matters_matter
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION figures_note_changes();
CREATE TRIGGER figures_note_changed AFTER UPDATE ON matters_matter
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION figures_note_changes();
"""
TELL_NO_MORE = """
DROP TRIGGER figures_note_changed ON matters_matter;
DROP TRIGGER figures_note_opened ON matters_matter;
DROP FUNCTION figures_note_changes();
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial"), ("matters", "0004_reasons_of_a_rating")]
    operations = [migrations.RunSQL(TELL, TELL_NO_MORE)]
