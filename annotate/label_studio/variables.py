"""What the managed server is told: Label Studio reads all of it from environment variables."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from annotate.label_studio.access import Access
from annotate.label_studio.environment import QUIET, clean_variables
from schemas.errors import UsageError

LOOPBACK = ("127.0.0.1", "localhost")


def server_variables(
    access: Access, *, data: Path, files: Path, host: str, outside: Mapping[str, str]
) -> dict[str, str]:
    """The variables of one server, and nothing else of `outside` but what every program needs.

    `data` is where it keeps its database, `files` the root of what it may serve to annotators.
    """
    return {
        **clean_variables(outside),
        **QUIET,
        **(postgres_variables(access.postgres) if access.postgres else {}),
        # A page of another site must not reach a server that only this machine sees.
        **({"ALLOWED_HOSTS": ",".join(LOOPBACK)} if host in LOOPBACK else {}),
        "LABEL_STUDIO_BASE_DATA_DIR": str(data),
        "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED": "true",
        "LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT": str(files),
        "LABEL_STUDIO_USERNAME": access.email,
        "LABEL_STUDIO_PASSWORD": access.password,
        "LABEL_STUDIO_USER_TOKEN": access.token,
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "PYTHONUNBUFFERED": "1",
    }


def postgres_variables(url: str) -> dict[str, str]:
    """The variables for `postgresql://user:password@host:port/name`.

    Raises UsageError for anything else; the password is not in the message.
    """
    parts = urlsplit(url)
    name = parts.path.strip("/")
    try:
        port = parts.port or 5432
    except ValueError:
        port = 0
    if parts.scheme not in {"postgresql", "postgres"} or not (name and parts.hostname and port):
        raise UsageError(
            "--postgres is no PostgreSQL address",
            "write postgresql://user:password@host:5432/database",
        )
    return {
        "DJANGO_DB": "default",
        "POSTGRE_NAME": unquote(name),
        "POSTGRE_USER": unquote(parts.username or "postgres"),
        "POSTGRE_PASSWORD": unquote(parts.password or ""),
        "POSTGRE_HOST": parts.hostname,
        "POSTGRE_PORT": str(port),
    }
