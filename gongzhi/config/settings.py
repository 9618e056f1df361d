"""
Every setting, read from the environment once. docs/howto/settings.md lists them for operators.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import gettext_lazy as _
from structlog.processors import JSONRenderer

from gongzhi.config.postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ.get("GONGZHI_VAR", ROOT / "var"))


def _flag(name: str, default: str = "0") -> bool:
    return os.environ.get(name, default) in {"1", "true", "yes", "on"}


def _list(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def _secret() -> str:
    """Take the key from the environment, else keep one of our own beside the data."""
    if key := os.environ.get("GONGZHI_SECRET_KEY"):
        return key
    file = VAR / "secret-key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(secrets.token_urlsafe(48))
        file.chmod(0o600)
    return file.read_text().strip()


def _database() -> dict[str, object]:
    """Read DATABASE_URL; without it, the embedded cluster that GONGZHI_CLUSTER names."""
    url = os.environ.get("DATABASE_URL") or Cluster(os.environ.get("GONGZHI_CLUSTER", "main")).url()
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or query.pop("host", ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {"application_name": "gongzhi", **query},
    }


SECRET_KEY = _secret()
FIELD_KEY_FILE = Path(
    os.environ.get("GONGZHI_FIELD_KEY_FILE", VAR / "field-key")
)  # see base/secrets.py
FIELD_CIPHER = os.environ.get("GONGZHI_FIELD_CIPHER", "aes")  # aes (256 bits) or sm4
DEBUG = _flag("GONGZHI_DEBUG")
ALLOWED_HOSTS = _list("GONGZHI_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = _list("GONGZHI_ORIGINS")
CITY = os.environ.get("GONGZHI_CITY", "东莞")
DEMONSTRATION = _flag("GONGZHI_DEMONSTRATION", "1")  # marks every page as synthetic data
HTTPS = _flag("GONGZHI_HTTPS")

INSTALLED_APPS = [
    "gongzhi.audit",
    "gongzhi.files",
    "gongzhi.papers",
    "gongzhi.places",
    "gongzhi.accounts",
    "gongzhi.notices",
    "gongzhi.clocks",
    "gongzhi.guard",
    "gongzhi.catalogue",
    "gongzhi.matters",
    "gongzhi.mediators",
    "gongzhi.incidents",
    "gongzhi.disputes",
    "gongzhi.talks",
    "gongzhi.agreements",
    "gongzhi.dossiers",
    "gongzhi.docking",
    "gongzhi.allowances",
    "gongzhi.centres",
    "gongzhi.patrol",
    "gongzhi.publishing",
    "gongzhi.rewards",
    "gongzhi.figures",
    "gongzhi.oversight",
    "gongzhi.duty",
    "gongzhi.assessment",
    "gongzhi.insight",
    "gongzhi.learning",
    "gongzhi.residents",
    "gongzhi.portal",
    "gongzhi.field",
    "gongzhi.live",
    "gongzhi.command",
    "gongzhi.demo",
    "gongzhi.config",
    "procrastinate.contrib.django",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "gongzhi.config.middleware.size_limit",
    "gongzhi.config.middleware.plain_addresses",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongzhi.config.middleware.security_headers",
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "gongzhi.accounts.middleware.sign_in",
    "gongzhi.guard.middleware.device",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gongzhi.config.middleware.errors_people_can_act_on",
    "axes.middleware.AxesMiddleware",
]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
ROOT_URLCONF = "gongzhi.config.urls"
WSGI_APPLICATION = "gongzhi.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["gongzhi.config.tags"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "gongzhi.config.context.frame",
            ],
        },
    }
]
DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/desk"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the audit trail says who signed in
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the hour we told people stays true
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "gongzhi.accounts.middleware.address_of"
AXES_LOCKOUT_CALLABLE = "gongzhi.accounts.pages.locked_out"
PROXY_COUNT = int(
    os.environ.get("GONGZHI_PROXIES", "0")
)  # proxies in front that add X-Forwarded-For
PASSWORD_HISTORY = 5  # so many old passwords may not come back
PASSWORD_MAX_AGE_DAYS = int(os.environ.get("GONGZHI_PASSWORD_DAYS", "180"))  # 0: for ever

SESSION_ENGINE = "gongzhi.accounts.middleware.sessions"
SESSION_COOKIE_AGE = int(os.environ.get("GONGZHI_SESSION_HOURS", "12")) * 3600  # from sign-in on
SESSION_IDLE_AGE = int(os.environ.get("GONGZHI_SESSION_IDLE_MINUTES", "60")) * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("GONGZHI_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is missing
STATICFILES_DIRS = (
    [("", str(ROOT / "frontend" / "dist"))] if (ROOT / "frontend/dist").exists() else []
)
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+-[0-9A-Za-z_-]{8}\..+$"
VITE_MANIFEST = ROOT / "frontend" / "dist" / "manifest.json"
AGREEMENT_CERTIFICATES = os.environ.get(
    "GONGZHI_AGREEMENT_CERTIFICATES", ""
)  # dotted path of a certificate service
PAPER_FONTS = [  # folders of TrueType fonts that papers are printed with; the machine's own are not used
    Path(folder)
    for folder in _list(
        "GONGZHI_PAPER_FONTS",
        ",".join(
            str(ROOT / "frontend/node_modules/@expo-google-fonts" / family / weight)
            for family in ("noto-sans-sc", "noto-serif-sc")
            for weight in ("400Regular", "700Bold")
        ),
    )
]
MEDIA_ROOT = VAR / "files"
MEDIA_URL = "/files/"
S3_BUCKET = os.environ.get("GONGZHI_S3_BUCKET", "")
STORAGES = {
    "default": (
        {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": S3_BUCKET,
                "endpoint_url": os.environ.get("GONGZHI_S3_ENDPOINT") or None,
                "access_key": os.environ.get("GONGZHI_S3_KEY") or None,
                "secret_key": os.environ.get("GONGZHI_S3_SECRET") or None,
                "querystring_auth": True,
                "file_overwrite": False,
            },
        }
        if S3_BUCKET
        else {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
LARGEST_REQUEST = int(os.environ.get("GONGZHI_LARGEST_REQUEST", "67108864"))  # bytes
FILE_LIMITS = {  # what one uploaded file may be; sides and pixels of photos, seconds of sound and film
    "photo": {"bytes": 25 << 20, "pixels": 50_000_000, "side": 2560, "thumb": 480},
    "pdf": {"bytes": 20 << 20},
    "audio": {"bytes": 15 << 20, "seconds": 60},
    "video": {"bytes": 60 << 20, "seconds": 30},
}
UPLOADS_PER_MINUTE = int(os.environ.get("GONGZHI_UPLOADS_PER_MINUTE", "30"))  # one sender, long run
UPLOADS_AT_ONCE = int(os.environ.get("GONGZHI_UPLOADS_AT_ONCE", "20"))
CODES_A_DAY = int(os.environ.get("GONGZHI_CODES_A_DAY", "10"))  # to one telephone or mailbox
CODE_MINUTES = int(os.environ.get("GONGZHI_CODE_MINUTES", "5"))  # how long a code is good
CODE_TRIES = int(os.environ.get("GONGZHI_CODE_TRIES", "5"))
RESIDENT_DAYS = int(os.environ.get("GONGZHI_RESIDENT_DAYS", "30"))  # a resident stays signed in
RESIDENT_IDLE_DAYS = int(
    os.environ.get("GONGZHI_RESIDENT_IDLE_DAYS", "730")
)  # an account nobody used is deleted


def _limit(
    name: str, per_minute: float, burst: int, *, shared: int
) -> dict[str, tuple[float, int]]:
    """Return how often one device may do something; an address that many share may do it `shared` times as often."""
    rate = float(os.environ.get(f"GONGZHI_{name}_PER_MINUTE", per_minute))
    at_once = int(os.environ.get(f"GONGZHI_{name}_AT_ONCE", burst))
    return {"device": (rate, at_once), "address": (rate * shared, at_once * shared)}


GUARD_LIMITS = {
    "report": _limit("REPORTS", 1, 10, shared=20),
    "look": _limit("LOOKS", 6, 20, shared=5),
    "upload": _limit("RESIDENT_UPLOADS", 12, 24, shared=20),
    "code": _limit("CODES", 0.5, 5, shared=20),
    "download": _limit("DOWNLOADS", 2, 10, shared=10),
}
GUARD_SUSPICION: dict[str, int] = {}  # see guard/rules.py, Thresholds
GUARD_WORK = int(os.environ.get("GONGZHI_CHECK_WORK", "2000"))  # rounds of each try of the check
GUARD_QUESTION_SECONDS = int(
    os.environ.get("GONGZHI_CHECK_SECONDS", "15")
)  # who answers sooner is a machine
GUARD_PROOF_MINUTES = int(os.environ.get("GONGZHI_CHECK_MINUTES", "30"))
GUARD_KEEP_DAYS = int(os.environ.get("GONGZHI_GUARD_DAYS", "30"))
REWARD_DETAILS_DAYS = int(os.environ.get("GONGZHI_REWARD_DETAILS_DAYS", "90"))  # kept after payout
REWARD_OBJECT_DAYS = int(os.environ.get("GONGZHI_REWARD_OBJECT_DAYS", "15"))  # where no rule says
REWARD_ANSWER_DAYS = int(os.environ.get("GONGZHI_REWARD_ANSWER_DAYS", "5"))  # working days
REWARD_OBJECTION_DAYS = int(os.environ.get("GONGZHI_REWARD_OBJECTION_DAYS", "90"))
UPLOAD_PART_BYTES = 256 * 1024  # of one part of a photo that comes in parts
UPLOAD_DAYS = int(os.environ.get("GONGZHI_UPLOAD_DAYS", "7"))  # unfinished ones are kept so long
UPLOADS_UNFINISHED = int(os.environ.get("GONGZHI_UPLOADS_UNFINISHED", "200"))  # of one sender
VIRUS_SCANNER = os.environ.get("GONGZHI_VIRUS_SCANNER", "")  # a command; the file's path is added

INTAKE_OUTSIDE_METRES = int(
    os.environ.get("GONGZHI_OUTSIDE_METRES", "2000")
)  # beyond: not our city
TWIN_METRES = int(os.environ.get("GONGZHI_TWIN_METRES", "60"))  # same item within: likely the same
TWIN_DAYS = int(os.environ.get("GONGZHI_TWIN_DAYS", "15"))
NEARBY_DAYS = int(os.environ.get("GONGZHI_NEARBY_DAYS", "90"))  # how far a matter's page looks back

FIELD_WIPE_DAYS = int(
    os.environ.get("GONGZHI_FIELD_WIPE_DAYS", "7")
)  # without contact a handset wipes itself
FIELD_SKEW_SECONDS = int(os.environ.get("GONGZHI_FIELD_SKEW_SECONDS", "120"))  # beyond: told
FIELD_OLDEST_DAYS = int(
    os.environ.get("GONGZHI_FIELD_OLDEST_DAYS", "30")
)  # older records are dated so far back
FIELD_KEEP_DAYS = int(
    os.environ.get("GONGZHI_FIELD_KEEP_DAYS", "90")
)  # content nobody decided on stays so long
FIELD_RECEIPT_DAYS = int(os.environ.get("GONGZHI_FIELD_RECEIPT_DAYS", "400"))
SMALLEST_PUBLIC_FIGURE = int(
    os.environ.get("GONGZHI_SMALLEST_PUBLIC_FIGURE", "5")
)  # fewer are not told by village
OPEN_DATA_LICENCE = os.environ.get("GONGZHI_OPEN_DATA_LICENCE", "CC BY 4.0")

COMMAND_SECONDS = int(
    os.environ.get("GONGZHI_COMMAND_SECONDS", "5")
)  # how old the map's open matters may be, and how often a screen without a stream asks
LIVE_URL = os.environ.get(
    "GONGZHI_LIVE_URL", "/live"
)  # of the stream: a path, a port of this host (":8001/live") or a whole address
LIVE_VIEWERS = int(os.environ.get("GONGZHI_LIVE_VIEWERS", "2000"))  # open streams at once
LIVE_VIEWERS_EACH = int(os.environ.get("GONGZHI_LIVE_VIEWERS_EACH", "20"))  # of one person
LAKE_FOLDER = Path(os.environ.get("GONGZHI_LAKE", VAR / "lake"))  # Parquet and DuckDB files
LAKE_SOCKET = Path(os.environ.get("GONGZHI_LAKE_SOCKET", VAR / "run" / "lake.sock"))
LAKE_AT_ONCE = int(os.environ.get("GONGZHI_LAKE_AT_ONCE", "2"))  # questions answered at a time
LAKE_QUEUE = int(
    os.environ.get("GONGZHI_LAKE_QUEUE", "24")
)  # more may wait; others are told to come back
LAKE_WAIT = float(
    os.environ.get("GONGZHI_LAKE_WAIT", "10")
)  # seconds a question may wait for its turn
LAKE_SECONDS = float(os.environ.get("GONGZHI_LAKE_SECONDS", "20"))  # and be worked on
LAKE_THREADS = int(os.environ.get("GONGZHI_LAKE_THREADS", str(os.cpu_count() or 2)))
LAKE_MEMORY_MB = int(os.environ.get("GONGZHI_LAKE_MEMORY_MB", "2048"))

MAP_TILES = os.environ.get("GONGZHI_MAP_TILES", "")  # optional raster tile address with {z}/{x}/{y}
PUBLIC_ADDRESS = os.environ.get("GONGZHI_PUBLIC_ADDRESS", "http://127.0.0.1:8000")

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("GONGZHI_EMAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("GONGZHI_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("GONGZHI_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("GONGZHI_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GONGZHI_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = _flag("GONGZHI_EMAIL_TLS")
DEFAULT_FROM_EMAIL = os.environ.get("GONGZHI_EMAIL_FROM", "gongzhi@localhost")
SMS_ADAPTER = os.environ.get("GONGZHI_SMS_ADAPTER", "gongzhi.notices.clients.ConsoleSms")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processor": JSONRenderer(ensure_ascii=False),
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {"gongzhi.sms": {"level": "INFO"}},  # ConsoleSms is meant to be read
    "root": {"handlers": ["console"], "level": os.environ.get("GONGZHI_LOG_LEVEL", "WARNING")},
}
