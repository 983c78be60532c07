"""What the managed server is told, and what is kept from it."""

from pathlib import Path

import pytest

from annotate.label_studio.access import Access
from annotate.label_studio.variables import postgres_variables, server_variables
from schemas.errors import UsageError

OUTSIDE = {
    "PATH": "/bin",
    "HOME": "/home/somebody/x",
    "HF_TOKEN": "secret",
    "GEMINI_API_KEY": "secret",
    "LABEL_STUDIO_HOST": "http://elsewhere",
    "USERNAME": "somebody",
    "DJANGO_DB": "mysql",
}


def variables(host: str = "127.0.0.1", postgres: str | None = None) -> dict[str, str]:
    return server_variables(
        Access.drawn(postgres), data=Path("/d"), files=Path("/f"), host=host, outside=OUTSIDE
    )


def test_keys_and_settings_of_others_stay_outside() -> None:
    found = variables()
    assert "secret" not in found.values()
    assert not {"LABEL_STUDIO_HOST", "USERNAME", "DJANGO_DB"} & found.keys()
    assert found["PATH"] == "/bin"


def test_telemetry_update_check_and_open_sign_up_are_off() -> None:
    found = variables()
    assert found["SENTRY_DSN"] == found["FRONTEND_SENTRY_DSN"] == ""
    assert found["COLLECT_ANALYTICS"] == found["LATEST_VERSION_CHECK"] == "false"
    assert found["LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK"] == "true"


def test_only_the_folder_of_routed_media_is_served() -> None:
    assert variables()["LABEL_STUDIO_LOCAL_FILES_DOCUMENT_ROOT"] == "/f"


def test_on_loopback_no_other_name_is_answered() -> None:
    assert variables()["ALLOWED_HOSTS"] == "127.0.0.1,localhost"
    assert "ALLOWED_HOSTS" not in variables(host="0.0.0.0")


def test_a_postgresql_address_is_taken_apart() -> None:
    assert postgres_variables("postgresql://me:p%40ss@db.example:5433/votes") == {
        "DJANGO_DB": "default",
        "POSTGRE_NAME": "votes",
        "POSTGRE_USER": "me",
        "POSTGRE_PASSWORD": "p@ss",
        "POSTGRE_HOST": "db.example",
        "POSTGRE_PORT": "5433",
    }
    assert variables(postgres="postgres://db/votes")["POSTGRE_PORT"] == "5432"


@pytest.mark.parametrize(
    "url", ["votes", "mysql://u:hush@h/votes", "postgresql://h", "postgresql://u:hush@h:x/votes"]
)
def test_another_address_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        postgres_variables(url)
    assert "hush" not in str(caught.value)
