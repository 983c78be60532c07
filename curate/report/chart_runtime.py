"""Vega, Vega-Lite and Vega-Embed as one script, out of the package that ships them."""

from functools import cache

import vl_convert


@cache
def chart_runtime() -> str:
    """The script that gives `vegaEmbed`; made without the network, in about a second."""
    text: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return text
