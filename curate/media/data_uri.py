"""data: URIs (RFC 2397) as bytes."""

import base64
import binascii
from urllib.parse import unquote_to_bytes

from curate.media.rules import MediumFaultError

SCHEME = "data:"


def is_data_uri(text: str) -> bool:
    """Whether the text is meant as a data: URI."""
    return text[:5].lower() == SCHEME


def data_of(uri: str, most: int) -> bytes:
    """The bytes a data: URI holds, at most `most`. Raises MediumFaultError."""
    head, comma, body = uri[len(SCHEME) :].partition(",")
    if not comma:
        raise MediumFaultError("unreadable_media", "a data: URI without a comma")
    encoded = head.lower().endswith(";base64")
    if len(body) * 3 // 4 > most if encoded else len(body) > 3 * most:
        raise _too_large(most)
    try:
        data = _base64(body) if encoded else unquote_to_bytes(body)
    except (binascii.Error, ValueError) as error:
        raise MediumFaultError(
            "unreadable_media", f"a data: URI that does not decode: {error}"
        ) from error
    if len(data) > most:  # of characters that need no escape, each is a byte or more
        raise _too_large(most)
    return data


def _too_large(most: int) -> MediumFaultError:
    return MediumFaultError("oversized_media", f"a data: URI of more than {most:,} bytes")


def _base64(body: str) -> bytes:
    plain = unquote_to_bytes(body) if "%" in body else body.encode("ascii")
    return base64.b64decode(b"".join(plain.split()), validate=True)
