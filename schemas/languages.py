"""Codes of languages as the Hub's cards have them: ISO 639-1, and ISO 639-3 for the others."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

# https://www.loc.gov/standards/iso639-2/php/code_list.php, the codes of two letters.
CODES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce "
    "ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo "  # codespell:ignore fo
    "fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik "
    "io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb "
    "lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl "  # codespell:ignore nd
    "nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc "
    "sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl "  # codespell:ignore te
    "tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
TWO_LETTERS = frozenset(CODES.split())


def _known(code: str) -> str:
    """The code; of three letters, of which there are thousands, only the form is looked at."""
    if code not in TWO_LETTERS and not re.fullmatch(r"[a-z]{3}", code):
        raise ValueError(f"{code!r} is no code of ISO 639, such as en, de, zh or yue")
    return code


Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$"), AfterValidator(_known)]
