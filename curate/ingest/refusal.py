"""Whether an answer opens as a refusal.

A flag for filters and counts and never a reason to drop: on a safety prompt a refusal is often the
best answer (DESIGN 5). Openings are read in English, Chinese, Japanese, Korean, Spanish, French,
German, Portuguese, Italian and Russian; what does not open as a refusal is not flagged.
"""

import re

READ = 300


def _one_of(*choices: str) -> str:
    return f"(?:{'|'.join(choices)})"


UNABLE = _one_of(
    *("can ?not", "can't", "won't", "will not", "should not", "shouldn't", "refuse"),
    r"(?:am|'m|are|'re) (?:unable|not able|not going|not comfortable|not allowed|not permitted)",
    r"(?:must|have to) (?:\w+ )?decline",
    "(?:do not|don't) feel comfortable",
)
SORRY = _one_of(
    r"(?:i'm|i am|we're|we are) (?:\w+ )?sorry",
    *("sorry", "my apologies", r"(?:i|we) (?:\w+ )?apologi[sz]e"),
)
GIVEN = _one_of(
    *("any", "the", "such", "that", "this", "specific", "detailed"),
    *("personal", "private", "sensitive", "identifying"),
    *("instructions?", "guidance", "assistance", "details", "information"),
)
SERVED = _one_of(
    *("help", "assist", "comply", "fulfil+", "engage", "participate", "take part", "promote"),
    *("endorse", "condone", "encourage", "facilitate", "support (?:that|this|the|any|requests?)"),
    rf"(?:provide|give|offer|share|disclose|reveal) (?:you )?(?:with )?(?:{GIVEN}\b|step)",
    "(?:create|generate|produce|write|make) (?:that|this|such|any|content|material|harmful)",
    "identify (?:people|persons?|individuals?|anyone|someone|who|real|the (?:person|individual))",
    "(?:answer|discuss|respond to|process|continue with|complete) (?:that|this|such|your|the)",
)
SEEMS = _one_of("'s", " is", " seems to be", " appears to be", " may be", " might be", " must be")

ENGLISH = (
    rf"{SORRY}[^.!?]{{0,60}}?\b(?:i|we) ?{UNABLE}\b",
    rf"{SORRY}[.!] (?:but |however,? )?(?:i|we) ?{UNABLE}\b",
    rf"(?:unfortunately,? |however,? )?(?:i|we) ?{UNABLE} (?:\w+ ){{0,4}}?{SERVED}",
    "(?:i|we) (?:do not|don't) feel comfortable",
    r"(?:i|we) (?:must|have to|need to|would like to) (?:\w+ )?decline",
    r"(?:i|we)(?:'d| would) (?:rather|prefer) not\b",
    rf"as an? (?:ai|artificial intelligence|language model)[^.!?]{{0,60}}?\bi ?{UNABLE}\b",
    (
        r"(?:(?:i think|i believe|it (?:seems|looks|appears)(?: like| that)?) )?"
        rf"there{SEEMS} (?:a |some )?(?:misunderstanding|confusion)"
    ),
)
# In these, \u3002, \uff01 and \uff1f are the full stop, exclamation and question mark.
EAST_ASIAN = (
    (
        r"(?:很|非常|十分)?(?:抱歉|对不起|遗憾)[^\u3002\uff01\uff1f]{0,12}?"
        "(?:不能|无法|不可以|没有?办法|不便)"
    ),
    "我(?:不能|无法)(?:提供|协助|帮助|帮您|帮你|回答|满足|参与|支持|完成)",
    (
        r"(?:申し訳|すみません|ごめんなさい|恐れ入りますが)[^\u3002\uff01\uff1f]{0,40}?"
        "(?:できません|できかねます|いたしかねます)"
    ),
    r"(?:죄송|미안)[^.!?]{0,60}?(?:수 없|드릴 수가 없|어렵습니다|불가능)",
)
EUROPEAN = (
    (
        r"(?:lo siento|lo lamento|disculpa|perdón)[^.!?]{0,20}?"
        r"\bno (?:puedo|podemos|me es posible)"
    ),
    "no puedo (?:ayudar|asistir|proporcionar|cumplir|responder)",
    r"(?:je suis )?(?:désolée?|navrée?)[^.!?]{0,20}?\bje ne (?:peux|suis pas|pourrai)",
    "je ne (?:peux|suis) pas (?:vous |t'|en mesure de (?:vous )?)?(?:aider|fournir|répondre)",
    (
        r"(?:es )?tut mir (?:sehr |wirklich )?leid[^.!?]{0,20}?"
        r"\b(?:kann|darf|werde)\b[^.!?]{0,40}?\bnicht\b"
    ),
    r"ich kann (?:\w+ ){0,3}nicht (?:helfen|weiterhelfen|unterstützen|beantworten)",
    r"(?:desculpe|sinto muito|lamento)[^.!?]{0,20}?\bnão (?:posso|podemos|consigo)",
    r"(?:mi dispiace|spiacente)[^.!?]{0,20}?\bnon (?:posso|possiamo|sono in grado)",
    (
        r"(?:извините|простите|к сожалению|прошу прощения|сожалею)[^.!?]{0,20}?"
        r"\bя не (?:могу|буду)"
    ),
)
OPENING = re.compile("|".join((*ENGLISH, *EAST_ASIAN, *EUROPEAN)))

APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2018": "'"})
LEADING = "*_#>\"'`\u201c\u00ab[( \t\r\n"


def is_refusal(text: str) -> bool:
    """Whether the answer's first sentences decline to do what was asked."""
    opening = text[:READ].translate(APOSTROPHES).lstrip(LEADING).lower()
    line = " ".join(opening.split())
    return OPENING.match(line) is not None
