"""Settings. Everything a site changes comes from the environment; docs/settings.md lists it."""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.sqlite_library import prefer_bundled

prefer_bundled()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEMO = env.bool("UWAGA_DEMO", False)
VAR_DIR = Path(env.str("UWAGA_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEMO:
        raise ImproperlyConfigured("Set SECRET_KEY (or UWAGA_DEMO=1 for a demonstration).")
    SECRET_KEY = "demonstration-only-" + "0" * 50

HOST = env.str("UWAGA_HOST", "127.0.0.1")
PORT = env.int("PORT", 8000)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
ORIGIN = env.str("UWAGA_ORIGIN", f"http://localhost:{PORT}")
ORIGINS = env.list("UWAGA_ORIGINS", default=[ORIGIN, f"http://127.0.0.1:{PORT}"])
CSRF_TRUSTED_ORIGINS = ORIGINS
SECURE = ORIGIN.startswith("https://")

# What the city calls itself; pages and letters show it.
CITY = env.str("UWAGA_CITY", "Miasto Przykładowo")
UNIT = env.str("UWAGA_UNIT", "Referat Dialogu Obywatelskiego")
UNIT_EMAIL = env.str("UWAGA_UNIT_EMAIL", "dialog@example.test")
UNIT_PHONE = env.str("UWAGA_UNIT_PHONE", "12 000 00 00")
ADDRESS = env.str("UWAGA_ADDRESS", "")
DPO = env.str("UWAGA_DPO", "")
KEPT = env.str("UWAGA_KEPT", "")
# For how many days what is not part of the record is kept (`consultations.retention`).
KEEP_DAYS = {
    "sessions": max(1, env.int("UWAGA_KEEP_SESSIONS", 14)),
    "codes": env.int("UWAGA_KEEP_CODES", 1),
    "signups": env.int("UWAGA_KEEP_SIGNUPS", 7),
    "unsaved": env.int("UWAGA_KEEP_UNSAVED", 90),
    "notices": env.int("UWAGA_KEEP_NOTICES", 365),
    "letters": env.int("UWAGA_KEEP_LETTERS", 365),
    "visits": env.int("UWAGA_KEEP_VISITS", 365),
    "requests": env.int("UWAGA_KEEP_REQUESTS", 1095),
    "drafts": env.int("UWAGA_KEEP_DRAFTS", 365),
    "sheets": env.int("UWAGA_KEEP_SHEETS", 30),
    "runs": env.int("UWAGA_KEEP_RUNS", 90),
    "guests": max(1, env.int("UWAGA_GUEST_DAYS", 7)),
}
# A request for erasure is answered within so many months (GDPR, art. 12(3)).
ERASURE_MONTHS = env.int("UWAGA_ERASURE_MONTHS", 1)
ERASURE_ALARM_DAYS = env.int("UWAGA_ERASURE_ALARM", 7)
BUILDING = env.str("UWAGA_BUILDING", "")
PUBLISHED_ON = date.fromisoformat(env.str("UWAGA_PUBLISHED_ON", "2026-11-25"))
SOURCE_URL = env.str("UWAGA_SOURCE_URL", "/kod/")

# Files that come with comments: how large one is and all of one comment, and who scans them.
FILE_MB = env.int("UWAGA_FILE_MB", 10)
FILES_MB = env.int("UWAGA_FILES_MB", 30)
SCANNER = env.str("UWAGA_SCANNER", "")

# The transparency log: its name, and where its signer keeps the key and what it signed last.
LOG_ORIGIN = env.str("UWAGA_LOG", f"{urlsplit(ORIGIN).hostname}/log")
REPORT_FOLDER = VAR_DIR / "reports"  # of reports that are being written; emptied at the start
SIGNER_HOME = Path(env.str("UWAGA_SIGNER", str(VAR_DIR / "signer")))

INSTALLED_APPS = [
    "daphne",
    "config",
    "notifications",
    "workflows",
    "consultations",
    "viewflow",
    "viewflow.workflow",
    "channels",
    "rules",
    "allauth",
    "allauth.account",
    "csp",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.ActorMiddleware",
    "config.middleware.AccessMiddleware",
    "config.middleware.RefusalMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "config.context.page",
            ],
            "builtins": ["config.templatetags.uwaga"],
        },
    }
]
FORM_RENDERER = "config.forms.UwagaRenderer"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"

DATABASE_URL = env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'uwaga.sqlite3'}")
DATABASES = {"default": environ.Env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "config.sqlite_fair"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
            " PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"] = {"options": "-c lock_timeout=15000"}
    if env.bool("UWAGA_DB_POOL", True):
        DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 16, "timeout": 20}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

VALKEY_URL = env.str("VALKEY_URL", "")
if VALKEY_URL:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [VALKEY_URL]},
        }
    }
    # Counters of tries (LIMITS, and allauth's): shared, or every process would allow as many again.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": VALKEY_URL,
            "KEY_PREFIX": "uwaga",
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 100_000},  # a full cache would forget counters at random
        }
    }
# One process does everything (pages, sockets, clock, outbox); with several, a worker does.
EMBEDDED_WORKER = env.bool("UWAGA_EMBEDDED_WORKER", True)
WORDS = env.bool("UWAGA_WORDS", True)
# Once a day the worker reads every published text at its public address, to prove it was there.
PROBE = env.bool("UWAGA_PROBE", not DEMO)

# How many proxies of ours stand in front, and how often one person or address may do a thing.
PROXIES = env.int("UWAGA_PROXIES", 0)
LIMITS = {
    "guest": env.str("UWAGA_LIMIT_GUEST", "60/3600"),
    "guest_email": env.str("UWAGA_LIMIT_GUEST_EMAIL", "10/3600"),
    "file": env.str("UWAGA_LIMIT_FILE", "300/3600"),
    "search": env.str("UWAGA_LIMIT_SEARCH", "120/60"),
    "presence": env.str("UWAGA_LIMIT_PRESENCE", "120/60"),
    "download": env.str("UWAGA_LIMIT_DOWNLOAD", "120/60"),
}
# For how many days a guest's comment waits to be confirmed before it is deleted.

AUTH_USER_MODEL = "consultations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.accounts.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_FORMS = {
    "request_login_code": "config.account_forms.RequestLoginCodeForm",
    "confirm_login_code": "config.account_forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "config.account_forms.ConfirmEmailVerificationCodeForm",
    "signup": "config.account_forms.SignupForm",
}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "request_login_code": env.str("UWAGA_LIMIT_CODES", "20/m/ip,3/m/key,30/d/key"),
    "signup": env.str("UWAGA_LIMIT_SIGNUPS", "20/m/ip"),
}
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE else "http"

MAIL_DIR = VAR_DIR / "mail"
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = MAIL_DIR
else:
    vars().update(env.email_url("EMAIL_URL", default="smtp://localhost:25"))
EMAIL_TIMEOUT = 20  # seconds: a dead mail server must not hold a page
DEFAULT_FROM_EMAIL = env.str("UWAGA_FROM_EMAIL", UNIT_EMAIL)

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "Polski"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "config" / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = KEEP_DAYS["sessions"] * 86_400
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = SECURE
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
LANGUAGE_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "WARNING")},
    # Its warnings quote addresses with their query, in which people search for people.
    "loggers": {"daphne.server": {"level": "ERROR"}},
}
