"""Texts as sentences, and what of a sentence counts when two versions of it are compared."""

import re
import unicodedata

NUMBER_MARK = "\x1f"  # stands around each number, so that 1 and 23 never read as 12 and 3
#: What ends a sentence: full-width marks at once; ASCII ones before a blank, so that no web address is cut in two.
_END = re.compile(
    r"[。！？；…]+[”’»」』）】\"')\]]*\s*"
    r"|(?<!\b[A-Z])(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bSt)(?<!\bNo)(?<!\bProf)[.!?;]+[”’»\"')\]]*(?:\s+(?![a-z])|$)"
    r"|\s*\n\s*"
)
_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ]+")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?"
#: After these a dash joins a range; elsewhere it is the sign of the number that follows.
_SIGN = r"(?:(?<![0-9A-Za-z年月日号时点分岁名个人万亿%‰℃°])[+\-−–])?"
_TOKEN = re.compile(
    r"(?P<address>(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<number>{_SIGN}(?:{_NUMBER})\s*[%‰]?)",
    re.ASCII,
)
_COUNTING_PUNCTUATION = frozenset("&@#%‰*")


class _Counting(dict):
    """For str.translate: keeps letters, marks, symbols and figures, and drops the rest."""

    def __missing__(self, code: int) -> int | None:
        character = chr(code)
        counts = unicodedata.category(character)[0] in "LMNS" or character in _COUNTING_PUNCTUATION
        self[code] = code if counts else None
        return self[code]


_COUNTING = _Counting()


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`, each without blanks around it. Lines end sentences too."""
    found, start = [], 0
    for end in _END.finditer(text):
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def fingerprint(text: str) -> str:
    """Return what counts of `text`: letters, symbols, numbers (with sign and percent) and addresses, in one width.

    Punctuation and spacing do not count; neither do the commas of thousands. Raised figures differ from others: 10² is not 102.
    """
    plain, parts, start = in_one_width(text), [], 0
    for token in _TOKEN.finditer(plain):
        parts += [plain[start : token.start()].translate(_COUNTING), _counting(token)]
        start = token.end()
    return "".join(parts) + plain[start:].translate(_COUNTING)


def in_one_width(text: str) -> str:
    """Return `text` with full-width and half-width letters alike, and ^ before raised figures."""
    return unicodedata.normalize("NFKC", _SUPERSCRIPT.sub(lambda match: "^" + match[0], text))


def _counting(token: re.Match) -> str:
    if token["address"]:
        return token["address"].rstrip(".,;:!?)]'\"")
    number = "".join(token["number"].split()).replace(",", "").replace("−", "-").replace("–", "-")
    return f"{NUMBER_MARK}{number}{NUMBER_MARK}"
