"""``migrate``, then the guards: a migration that remakes a table on SQLite drops its triggers."""

from django.conf import settings
from django.core.management.commands import migrate
from django.utils.module_loading import import_string


class Command(migrate.Command):
    """Apply migrations, then run what the settings name in ``AFTER_MIGRATE``; each can be run again at any time."""

    def handle(self, *args, **options):
        """Migrate as Django does; the guards are set only where the base is brought up to date."""
        result = super().handle(*args, **options)
        asked_less = options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"]
        if not asked_less:
            for name in settings.AFTER_MIGRATE:
                import_string(name)()
        return result
