"""Settings: one file, everything that changes comes from the environment.

Each name read here is explained in ``docs/settings.md``. ``APIST_MODE`` decides:
``demonstration`` (the default: a laptop, an embedded database, mails kept in a
folder), ``production`` (nothing has a default that could be dangerous) or
``test``.
"""

from pathlib import Path

from apist import env
from apist.account_settings import *  # noqa: F403 (settings by name, this file's other half)
from apist.account_settings import ACCOUNT_APPS
from apist.engines import SQLITE_OPTIONS

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("APIST_VAR_DIR", str(BASE_DIR / "var")))

MODE = env.text("APIST_MODE", "demonstration", choices=("demonstration", "production", "test"))
PRODUCTION = MODE == "production"

SECRET_KEY = env.secret("SECRET_KEY", demonstration=not PRODUCTION)
DEBUG = env.boolean("APIST_DEBUG", False)
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS")
SITE_URL = env.text("SITE_URL", "http://localhost:8000")
CONTACT_EMAIL = env.text("CONTACT_EMAIL")

INSTALLED_APPS = [
    "actors",
    "levers",
    "projects",
    "apist",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    *ACCOUNT_APPS,
    "dsfr",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "drf_spectacular",
    "import_export",
    "rest_framework",
    "simple_history",
    "widget_tweaks",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "apist.sharing.SharingMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "apist.signed_out.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "apist.second_factor.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "apist.urls"
WSGI_APPLICATION = "apist.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apist.context.portal",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DSFR_MARK_OPTIONAL_FIELDS = True

DATABASES = {"default": env.database("DATABASE_URL", VAR_DIR / "apist.sqlite3", required=PRODUCTION)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
DATABASES["default"]["CONN_MAX_AGE"] = env.integer("DATABASE_CONN_MAX_AGE", 60)
# Connections that are not kept are those of a pool that shares them: no cursor outlives a statement there.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = DATABASES["default"]["CONN_MAX_AGE"] == 0
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "actors.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = ["apist.static.WhitelistFinder"]
# What people send, which has no address (projects/files/storage.py): a folder, or an S3-compatible bucket, whose
# keys may be left out where the machine has its own.
ATTACHMENTS_FOLDER = {
    "BACKEND": "projects.files.storage.PrivateFileStorage",
    "OPTIONS": {
        "location": VAR_DIR / "attachments",
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    },
}
ATTACHMENTS_S3 = {
    "BACKEND": "projects.files.storage_s3.PrivateS3Storage",
    "OPTIONS": {
        "bucket_name": env.text("ATTACHMENTS_S3_BUCKET"),
        "endpoint_url": env.text("ATTACHMENTS_S3_ENDPOINT") or None,
        "region_name": env.text("ATTACHMENTS_S3_REGION") or None,
        "access_key": env.text("ATTACHMENTS_S3_ACCESS_KEY") or None,
        "secret_key": env.text("ATTACHMENTS_S3_SECRET_KEY") or None,
        "signature_version": "s3v4",
        "file_overwrite": False,
    },
}
# No "default" and no MEDIA_ROOT: a field that forgot to say where it keeps its files fails instead of keeping
# them somewhere. What people send is under "attachments", which has no address (projects/files/storage.py).
STORAGES = {
    "attachments": ATTACHMENTS_S3 if ATTACHMENTS_S3["OPTIONS"]["bucket_name"] else ATTACHMENTS_FOLDER,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if MODE != "test"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"
CLAMAV_ADDRESS = env.daemon("CLAMAV_ADDRESS")

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend"
        if MODE != "test"
        else "django_tasks.backends.immediate.ImmediateBackend"
    }
}

DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Portail APIST <portail@apist.invalid>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.integer("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = env.integer("EMAIL_TIMEOUT", 30, low=1)
BOUNCE_ADDRESS = env.text("BOUNCE_ADDRESS", "")
BOUNCE_MAILDIR = env.text("BOUNCE_MAILDIR", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if PRODUCTION else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mailbox"

# What the clock does every minute (manage.py clock), in this order, each given the moment. Named and not
# imported: the clock stands below the apps whose jobs it runs.
CLOCK_JOBS = [
    "apist.sweeping.sweep",
    "apist.returns.read_maildir",
    "levers.alerts.running.run_due",
    "levers.alerts.subscribing.forget_unconfirmed",
    "projects.engine.passing.run_due",
    "projects.retention.running.run_due",
    "projects.depositing.scanning.scan_left",
    "projects.depositing.reminders.send_due",
    "projects.ending.warnings.send_due",
    "projects.depositing.digests.send_due",
    "apist.delivery.deliver_left",
]

# What is run after every migration, and can be run again (apist/management/commands/migrate.py).
AFTER_MIGRATE = ["projects.guards.install"]

# What other apps add to the sheet of a lever and to the results of the diagnostic (apist/page_parts.py), in this
# order. Named and not imported: the catalogue stands below the register.
SHEET_PARTS = ["projects.views.parts.experiments_of"]
RESULT_PARTS = ["projects.views.parts.experiments_near"]

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["apist.api.OnlyListedAsPublic"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "apist.api.Pages",
    "EXCEPTION_HANDLER": "apist.api.answer_error",
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Portail APIST : leviers d'innovation des agences régionales de santé",
    "DESCRIPTION": "Lecture seule, sans clé. Les noms et les valeurs sont stables.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PUBLIC": True,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "ENUM_NAME_OVERRIDES": {
        "CallKindEnum": "levers.models.Call.Kind",
        "CallEventKindEnum": "levers.models.CallEvent.Kind",
        "ExperimentReachEnum": "projects.models.Experiment.Reach",
        "NatureEnum": "levers.models.Lever.Nature",
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "apist.views.session_expired"
SECURE_SSL_REDIRECT = PRODUCTION and env.boolean("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.integer("SECURE_HSTS_SECONDS", 31_536_000) if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.boolean("BEHIND_TLS_PROXY", False) else None

# A sheet with all its parts on one page of the admin sends more fields than Django's thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {
        "handlers": ["console"],
        "level": env.text("LOG_LEVEL", "WARNING", choices=("DEBUG", "INFO", "WARNING", "ERROR")),
    },
}
