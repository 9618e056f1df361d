"""Whatever writes facts leaves a trace for the lake, in the same transaction."""

from django.db import migrations

MANY = 10_000  # so many at once are noted as whole months

TRIGGERS = f"""
CREATE SEQUENCE insight_turn;

CREATE FUNCTION insight_touch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM (SELECT 1 FROM changed LIMIT {MANY + 1}) AS first_ones) > {MANY} THEN
        INSERT INTO insight_touched (matter_id, month, turn)
        SELECT 0, month, nextval('insight_turn')
        FROM (SELECT DISTINCT date_trunc('month', reported_on)::date AS month FROM changed) AS months
        ON CONFLICT (matter_id, month) DO UPDATE SET turn = nextval('insight_turn');
    ELSE
        INSERT INTO insight_touched (matter_id, month, turn)
        SELECT matter_id, date_trunc('month', reported_on)::date, nextval('insight_turn') FROM changed
        ON CONFLICT (matter_id, month) DO UPDATE SET turn = nextval('insight_turn');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER insight_added AFTER INSERT ON figures_fact
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION insight_touch();
CREATE TRIGGER insight_changed AFTER UPDATE ON figures_fact
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION insight_touch();
CREATE TRIGGER insight_removed AFTER DELETE ON figures_fact
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION insight_touch();
"""

UNDONE = """
DROP TRIGGER insight_added ON figures_fact;
DROP TRIGGER insight_changed ON figures_fact;
DROP TRIGGER insight_removed ON figures_fact;
DROP FUNCTION insight_touch();
DROP SEQUENCE insight_turn;
"""


class Migration(migrations.Migration):
    dependencies = [("figures", "0001_initial"), ("insight", "0001_initial")]

    operations = [migrations.RunSQL(TRIGGERS, UNDONE)]
