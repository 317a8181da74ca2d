"""What the pairs keep about people: who declared texts in line, approved or promised one, and names in the texts."""

from core import personal_data
from core.authorship import without
from editorial.models import Pair
from editorial.models.pair import TEXTS
from editorial.pairs import CHUNK


class PairKeeper(personal_data.Keeper):
    """Declarations stay with the account, which loses its name. In kept texts the e-mail address, and the names that the
    caller gives, are replaced; what a page or record itself still says comes back with its next version."""

    key = "translation"

    def export(self, person):
        if person.user is None:
            return {}
        user = person.user
        declared = user.declared_pairs.order_by("pk").values_list("title_zh", "title_en", "declared_at")
        promised = user.promises.order_by("pk").values_list("page__title", "due", "stated_at")
        approved = user.held_releases.order_by("pk").values_list("page__title", "held_at")
        return (
            [{"declared_in_line": zh or en, "at": moment.isoformat()} for zh, en, moment in declared]
            + [{"promised": title, "due": due.isoformat(), "at": at.isoformat()} for title, due, at in promised]
            + [{"approved": title, "at": moment.isoformat()} for title, moment in approved]
        )

    def erase(self, person):
        count = 0
        for pair in Pair.objects.order_by("pk").iterator(chunk_size=CHUNK) if person.told_by else ():
            cleaned = {name: without(person.told_by, getattr(pair, name)) for name in (*TEXTS, "title_zh", "title_en")}
            if any(value != getattr(pair, name) for name, value in cleaned.items()):
                count += Pair.objects.filter(pk=pair.pk).update(**cleaned)
        return personal_data.Erasure({"pairs of texts": count})


def register() -> None:
    personal_data.register(PairKeeper())
