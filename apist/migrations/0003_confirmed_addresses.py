"""Accounts made before addresses were confirmed: an administrator made each of them, which is a word for the address."""

from django.conf import settings
from django.db import migrations


def confirm(apps, schema_editor):
    """Give each account that has none the row that says that its address is confirmed."""
    User = apps.get_model(settings.AUTH_USER_MODEL)
    EmailAddress = apps.get_model("account", "EmailAddress")
    known = set(EmailAddress.objects.values_list("user_id", flat=True))
    users = User.objects.exclude(pk__in=known).only("pk", "email")
    EmailAddress.objects.bulk_create(
        EmailAddress(user_id=user.pk, email=user.email.lower(), verified=True, primary=True) for user in users
    )


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("apist", "0002_cache_entry"),
    ]

    operations = [migrations.RunPython(confirm, migrations.RunPython.noop)]
