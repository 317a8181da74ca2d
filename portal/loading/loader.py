"""The whole of the starter content, in one transaction."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Site

from editorial.pairs import agree_on_all
from portal.loading.documents import read_documents
from portal.loading.pages import PageLoader
from portal.loading.problems import Place, Problems
from portal.loading.records import TABLES, load_table
from portal.loading.tables import fingerprint
from portal.models import SiteSettings, StarterItem

STARTER_FOLDER = Path(__file__).resolve().parents[1] / "starter"
SETTINGS_FILE = "settings.yaml"
TRANSLATED_SETTINGS = ("site_name", "tagline", "organiser", "organiser_description", "copyright")
PLAIN_SETTINGS = (
    *("organiser_url", "icp_number", "public_security_number", "site_code"),
    *("contact_email", "enquiry_email", "known_hosts"),
)


@dataclass(frozen=True)
class Outcome:
    """How many items were loaded now, how many had been loaded before, and which of those have changed in the files since."""

    loaded: int
    kept: int
    changed: list[str]


@transaction.atomic
def load_starter_content(folder: Path = STARTER_FOLDER) -> Outcome:
    """Load what has never been loaded from `folder`; raise StarterContentError, with nothing changed, if any of it is wrong.

    What was loaded once is never touched again: editors may have changed or deleted it.
    """
    problems = Problems()
    loaded = dict(StarterItem.objects.values_list("key", "fingerprint"))
    items: list[StarterItem] = []
    for table in TABLES:
        items += load_table(table, folder, loaded, problems)
    items += _load_settings(folder, loaded, problems)
    pages = read_documents(folder, "pages", problems)
    news = read_documents(folder, "news", problems)
    for document in news:
        document.path = f"news/{document.path}"
    items += PageLoader(pages + news, loaded, problems).load()
    problems.raise_if_any()
    StarterItem.objects.bulk_create(items)
    if not loaded:
        agree_on_all()  # whoever wrote the files kept both languages in line
    changed = [document.place.file for document in pages + news if _has_changed(document, loaded)]
    return Outcome(len(items), len(loaded), changed)


def _has_changed(document, loaded: dict[str, str]) -> bool:
    known = loaded.get(document.place.file)
    return known is not None and known != fingerprint(document.text)


def _load_settings(folder: Path, loaded: dict[str, str], problems: Problems) -> list[StarterItem]:
    text = problems.read_text(folder, SETTINGS_FILE)
    if text is None or SETTINGS_FILE in loaded:
        return []
    place = Place(SETTINGS_FILE, 1)
    try:
        values = yaml.safe_load(text)
        site_settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
        for name in TRANSLATED_SETTINGS:
            setattr(site_settings, f"{name}_zh_hans", values[name]["zh"])
            setattr(site_settings, f"{name}_en", values[name]["en"])
        for name in PLAIN_SETTINGS:
            setattr(site_settings, name, values[name])
        site_settings.full_clean()
        site_settings.save()
    except yaml.MarkedYAMLError as error:
        problems.add(Place(SETTINGS_FILE, error.problem_mark.line + 1), f"YAML: {error.problem}")
    except (KeyError, TypeError) as error:
        problems.add(place, f"{error} is missing; translated settings are written as zh: … and en: …")
    except ValidationError as error:
        problems.add_validation(place, error)
    return [StarterItem(key=SETTINGS_FILE, fingerprint=fingerprint(text))]
