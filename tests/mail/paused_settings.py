"""The settings of a worker that is killed: those of the tests, a real queue, and a server that makes it wait."""

from apist.settings import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_BACKEND = "tests.mail.paused_backend.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mailbox"  # noqa: F405
