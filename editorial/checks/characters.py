"""The kinds of characters that rules about typography tell apart, and addresses, which no such rule reads."""

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
FULL_WIDTH_MARKS = "，。；：！？、（）《》「」『』【】"
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:[\w-]+\.)+(?:com|org|net|cn|edu|gov|io|py|csv|pdf|docx?)\b[!-~]*",
    re.ASCII | re.IGNORECASE,
)
HIDDEN = "\ufffc"  # stands for each character of an address: it is neither letter, blank nor mark


def without_addresses(text: str) -> str:
    """Return `text` in its length with each web or mail address and file name hidden."""
    return _ADDRESS.sub(lambda found: HIDDEN * len(found[0]), text)
