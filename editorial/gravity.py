"""How grave a change of wording is: what a text states as fact (numbers, dates, names) weighs more than how it says it."""

import re
from collections import Counter
from collections.abc import Iterable

from django.db.models import IntegerChoices
from django.utils.translation import gettext_lazy as _

from editorial.sentences import fingerprint, in_one_width


class Gravity(IntegerChoices):
    NONE = 0, _("none")
    ORDINARY = 1, _("wording")
    GRAVE = 2, _("numbers, dates or names")


_DIGITS = re.compile(r"[+\-−–]?\d[\d,.]*\s*[%‰]?")
#: 种 is left out: 一种 is a turn of phrase.
_CHINESE_UNITS = "个名位人家所项条次届期批年月日天周岁倍成亿万千百省市区县国座场件篇部份元吨米里层级类组队站点时分秒号"
_CHINESE_NUMBER = re.compile(
    rf"(?:第)?[〇零一二两三四五六七八九十百千万亿半几数]+(?=多?余?[{_CHINESE_UNITS}])|百分之[〇零一二三四五六七八九十百点]+"
)
_ENGLISH_NUMBER = re.compile(
    r"\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy"
    r"|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|twice|first|second|third|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth|(?:twen|thir|for|fif|six|seven|eigh|nine)tieth)\b",
    re.IGNORECASE,
)
_TIME_WORD = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug"
    r"|Sept?|Oct|Nov|Dec|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|(?:星期|周|礼拜)[一二三四五六日天]|[上下]半年|[今明去前]年"
)
#: Words with capitals within a sentence, and words of capitals anywhere.
_ENGLISH_NAME = re.compile(r"(?<=[a-z0-9,;:’'\")] )[A-Z][\w’'-]+|\b[A-Z]{2,}\b|\b[A-Z]\w*[A-Z]\w*\b")
_CHINESE_BODY = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:大学|学院|研究院|研究所|实验室|公司|集团|委员会|协会|学会|基金会|联合会|科协|园区|开发区|高新区|基地)|《[^》]+》"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "怀"
)
_TITLES = "教授|院士|博士|主任|书记|主席|部长|厅长|局长|市长|省长|校长|院长|所长|会长|秘书长|处长|经理|总裁|先生|女士|同志"
_CHINESE_PERSON = re.compile(
    rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=(?:副|总|原)?(?:{_TITLES}))|(?<={'长'})[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[，。、；（\s]|$)"
)
_ADDRESS = re.compile(r"https?://[!-~]+|www\.[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
#: Choosing another picture, page or document changes no fact; choosing another record does.
_REFERENCE = re.compile(r"→([a-z_]+)\.([a-z_]+):\S+")
_FACTLESS_ROOMS = frozenset({"core", "wagtailcore", "wagtaildocs", "wagtailimages"})
_PATTERNS = (
    _DIGITS,
    _CHINESE_NUMBER,
    _ENGLISH_NUMBER,
    _TIME_WORD,
    _ENGLISH_NAME,
    _CHINESE_BODY,
    _CHINESE_PERSON,
    _ADDRESS,
)


def facts_of(text: str, names: Iterable[str] = ()) -> Counter:
    """Return the numbers, dates, names and addresses that `text` states; `names` are names known otherwise."""
    found = Counter(match[0] for match in _REFERENCE.finditer(text) if match[1] not in _FACTLESS_ROOMS)
    plain = in_one_width(_REFERENCE.sub(" ", text))
    for pattern in _PATTERNS:
        found.update(fingerprint(match[0]) or match[0] for match in pattern.finditer(plain))
    found.update({name: plain.count(name) for name in names if name in plain})
    return found


def gravity_of(before: str, after: str, names: Iterable[str] = ()) -> Gravity:
    """Return how grave it is that `after` stands where `before` stood."""
    if fingerprint(before) == fingerprint(after):
        return Gravity.NONE
    return Gravity.ORDINARY if facts_of(before, names) == facts_of(after, names) else Gravity.GRAVE
