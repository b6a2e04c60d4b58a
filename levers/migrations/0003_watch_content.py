from django.db import migrations

from levers.watched import watch


class Migration(migrations.Migration):
    dependencies = [("actors", "0002_content_version"), ("levers", "0002_search")]
    operations = [migrations.RunPython(watch, migrations.RunPython.noop, elidable=False)]
