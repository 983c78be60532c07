"""A failed call's message is told from an answer, on both sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.ingest.error_text import is_error_text

ERRORS = [
    "Error: 503 Service Unavailable",
    "error: 429",
    "Error code: 429 - {'error': {'message': 'Rate limit reached', 'type': 'requests'}}",
    "Error 503: the model is overloaded",
    "HTTP Error 429: Too Many Requests",
    "  HTTP error: 502 Bad Gateway\n",
    "Server error: 500 Internal Server Error",
    "503 Server Error: Service Unavailable for url: https://api.example/v1/chat/completions",
    "429 Client Error: Too Many Requests for url: https://api.example/v1",
    "429 RESOURCE_EXHAUSTED. {'error': {'code': 429, 'message': 'Quota exceeded'}}",
    "503 UNAVAILABLE. {'error': {'code': 503}}",
    "Request failed with status code 500",
    "API Error: the model is overloaded",
    "[API Error]: timed out",
    "API_ERROR: 5",
    "**API REQUEST ERROR** Reason: connection reset",
    "**NETWORK ERROR DUE TO HIGH TRAFFIC. PLEASE REGENERATE OR REFRESH THIS PAGE.**",
    "Failed to obtain answer via API.",
    "Failed to obtain answer via API. 'choices'",
    "upstream connect error or disconnect/reset before headers. reset reason: overflow",
    "$ERROR$",
    "Request timed out.",
    "Connection error.",
    "openai.RateLimitError: Error code: 429",
    "openai.error.Timeout",
    "google.api_core.exceptions.ResourceExhausted: 429 Quota exceeded for the model",
    "anthropic.InternalServerError: overloaded",
    "torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB",
    "RateLimitError: You exceeded your current quota",
    "RateLimitError('slow down')",
    "ConnectionError: HTTPSConnectionPool(host='api.example', port=443): Max retries exceeded",
    "requests.exceptions.ReadTimeout: HTTPSConnectionPool(host='api.example', port=443)",
    "CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 79.10 GiB total capacity)",
    "CUDA out of memory",
    "RuntimeError: CUDA error: device-side assert triggered",
    '{"error": {"message": "overloaded", "type": "server_error", "code": 503}}',
    '{"error": {"code": 429, "message": "slow down", "status": "EXHAUSTED"}, "status": 429}',
    '{"object": "error", "message": "too long", "type": "BadRequestError", "code": 400}',
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>",
    (
        "Traceback (most recent call last):\n"
        '  File "serve.py", line 3, in answer\n'
        "    raise KeyError(name)\n"
        "KeyError: 'image'"
    ),
    (
        "Traceback (most recent call last):\n"
        '  File "serve.py", line 3, in answer\n'
        "    call()\n"
        "httpx.ReadTimeout\n\n"
        "During handling of the above exception, another exception occurred:\n\n"
        "Traceback (most recent call last):\n"
        '  File "serve.py", line 5, in answer\n'
        "    retry()\n"
        "openai.APITimeoutError: Request timed out."
    ),
]

ANSWERS = [
    "I'm sorry, but I can't assist with that request.",
    "I cannot help with that.",
    "Sorry, I can't help with images of people yet.",
    "The page shows Error: 503 Service Unavailable",
    "The screenshot shows an error: 503 Service Unavailable, which means the server is down.",
    "Error",
    "error",
    "Errors: there are 503 of them",
    "Error bars in the chart show one standard deviation.",
    "Error: the formula in the second line should use a plus sign.",
    "404 Not Found",
    "Error 404: page not found",
    "503",
    "500 people",
    "Internal Server Error",
    "The sign reads 'Service Unavailable'.",
    "Request timed out is what the dialog says.",
    "Connection error. The dialog offers two buttons, Retry and Cancel.",
    "CUDA out of memory errors happen when the batch is too large; try a smaller one.",
    "openai.com is the address in the browser's bar.",
    (
        "torch.nn.Linear is the layer drawn in the diagram, and it maps 4 inputs to 2 outputs.\n\n"
        "The arrow shows the direction of data."
    ),
    "ValueError: invalid literal for int() with base 10: 'a'",
    "KeyError: 'b'",
    "The program prints:\n\nTraceback (most recent call last):\n  ...\nKeyError: 'b'",
    (
        "Traceback (most recent call last):\n"
        '  File "a.py", line 1, in <module>\n'
        "KeyError: 'b'\n\n"
        "This happens because the key is not in the dictionary."
    ),
    '{"error": "the image is too blurry to read"}',
    '{"error": {"message": "no text"}}',
    '{"error": null, "text": "STOP"}',
    '{"answer": "B", "error": {"message": "none", "code": 0}}',
    '{"error": ',
    "[]",
    "<html><head><title>My page</title></head><body>502 Bad Gateway</body></html>",
    "<html><head><title>502 Bad Gateway</title></head></html> is the markup of the page.",
    "Error: 503 Service Unavailable\n\nThis is what the screen says. It means the server is busy.",
    "API errors are shown in red.",
    "A",
    "",
    "   ",
]


@pytest.mark.parametrize("text", ERRORS)
def test_message_of_a_failed_call_is_no_answer(text: str) -> None:
    assert is_error_text(text)


@pytest.mark.parametrize("text", ANSWERS)
def test_answer_about_an_error_or_a_refusal_stays(text: str) -> None:
    assert not is_error_text(text)


@pytest.mark.parametrize("text", ERRORS)
def test_message_that_is_only_quoted_stays(text: str) -> None:
    assert not is_error_text(f"The picture shows this message: {text.strip()} It means trouble.")


def test_megabytes_of_text_are_judged_at_once() -> None:
    assert not is_error_text("Error: 503 " + "a " * 1_000_000)
    assert not is_error_text("Traceback (most recent call last):\n" + "  a\n" * 500_000)
    assert not is_error_text('{"error": ' + "[" * 3000)


@given(st.text(max_size=200))
def test_any_text_is_judged(text: str) -> None:
    assert is_error_text(text) == is_error_text(f"\n{text} ")
