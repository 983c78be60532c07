"""The google-genai client as we use it: one attempt a call, our own connections, our own key.

The SDK takes two seconds to import and is imported here only, at the first call.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.request import getproxies

from annotate.raters import transport

if TYPE_CHECKING:
    from google.genai import Client

# The newest fields (responseJsonSchema, serviceTier) come to v1beta first.
API_VERSION = "v1beta"


@dataclass(slots=True)
class Connected:
    """A client, and the aiohttp session under it where aiohttp is installed."""

    client: "Client"
    session: Any

    async def close(self) -> None:
        """Close all connections."""
        await self.client.aio.aclose()
        self.client.close()
        if self.session is not None:
            await self.session.close()


def connect(key: str, base_url: str | None) -> Connected:
    """A client for the running event loop. A reference must be kept, or it closes itself."""
    from google.genai import Client, types

    session = _session()
    options = types.HttpOptions(
        base_url=base_url,
        api_version=API_VERSION,
        # Unset, the SDK tries again by itself after a lost connection, up to ten seconds later.
        retry_options=types.HttpRetryOptions(attempts=1),
        aiohttp_client=session,
    )
    # vertexai=False: else the environment could turn this into a client of another service.
    return Connected(Client(api_key=key, vertexai=False, http_options=options), session)


def sdk_errors() -> transport.Errors:
    """Everything that a call can fail with. ValueError: a body that is no JSON, or no text."""
    from google.genai import errors

    return (errors.APIError, *transport.errors(), ValueError)


def _session() -> Any:
    """Our own session, None without aiohttp: the SDK's looks up ~/.netrc at each call."""
    try:
        import aiohttp
    except ImportError:
        return None
    connector = aiohttp.TCPConnector(limit=0)
    return aiohttp.ClientSession(connector=connector, trust_env=bool(getproxies()))
