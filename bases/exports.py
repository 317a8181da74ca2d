"""The directory as open data: CSV for spreadsheets, JSON, and GeoJSON with the provinces' positions."""

import csv
import io

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext

from core.addresses import absolute_url
from core.languages import CHINESE, ENGLISH
from core.spreadsheets import harmless_cell

COLUMNS = (
    "slug",
    "name_zh",
    "name_en",
    "name_en_official",
    "name_zh_basis",
    "kind",
    "kind_zh",
    "kind_en",
    "kind_basis",
    "host_type",
    "host_zh",
    "host_en",
    "country",
    "province_code",
    "province_zh",
    "province_en",
    "city_zh",
    "city_en",
    "year",
    "year_basis",
    "date",
    "website",
    "description_zh",
    "description_en",
    "source_zh",
    "source_en",
    "source_url",
    "confidence",
    "page_zh",
    "page_en",
)


def base_row(base, paths: dict) -> dict:
    """Return `base` as a plain row of COLUMNS; `paths` gives each language's path of the directory."""
    province, category = base.province, base.category
    return {
        "slug": base.slug,
        "name_zh": base.name_zh_hans,
        "name_en": base.name_en,
        "name_en_official": base.name_en_official,
        "name_zh_basis": base.name_zh_basis,
        "kind": category.slug,
        "kind_zh": category.short_name_zh_hans,
        "kind_en": category.short_name_en,
        "kind_basis": base.category_basis,
        "host_type": base.host_type,
        "host_zh": base.host_zh_hans or "",
        "host_en": base.host_en or "",
        "country": base.country,
        "province_code": province.code if province else "",
        "province_zh": province.name_zh_hans if province else "",
        "province_en": province.name_en if province else "",
        "city_zh": base.city_zh_hans or "",
        "city_en": base.city_en or "",
        "year": base.year,
        "year_basis": base.year_basis,
        "date": base.accredited_on,
        "website": base.website,
        "description_zh": base.description_zh_hans or "",
        "description_en": base.description_en or "",
        "source_zh": base.source_zh_hans,
        "source_en": base.source_en,
        "source_url": base.source_url,
        "confidence": base.confidence,
        "page_zh": absolute_url(f"{paths[CHINESE]}{base.slug}/") if CHINESE in paths else "",
        "page_en": absolute_url(f"{paths[ENGLISH]}{base.slug}/") if ENGLISH in paths else "",
    }


def as_csv(bases, paths: dict) -> HttpResponse:
    """Return the bases as UTF-8 CSV with a byte order mark, by which Excel knows the encoding."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for base in bases:
        row = base_row(base, paths)
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="home-program-bases.csv"'
    return response


def _cell(value) -> str:
    return harmless_cell(value) if isinstance(value, str) else str("" if value is None else value)


def as_json(bases, paths: dict) -> JsonResponse:
    rows = [base_row(base, paths) for base in bases]
    return JsonResponse({"count": len(rows), "bases": rows}, json_dumps_params={"ensure_ascii": False})


#: What the point of a base in the GeoJSON is; its city, if known, is named beside it.
SEAT_OF_PROVINCE = "seat of the province's government, not of the base"


def as_geojson(bases, paths: dict) -> JsonResponse:
    """Return an RFC 7946 FeatureCollection; a base stands at its province's seat of government, abroad nowhere."""
    features = [
        {
            "type": "Feature",
            "id": base.slug,
            "geometry": _point(base.province),
            "properties": base_row(base, paths) | {"position": SEAT_OF_PROVINCE if base.province else None},
        }
        for base in bases
    ]
    return JsonResponse(
        {"type": "FeatureCollection", "features": features},
        json_dumps_params={"ensure_ascii": False},
        content_type="application/geo+json; charset=utf-8",
    )


def dataset(name: str, directory_path: str) -> dict:
    """Return the open data as a schema.org Dataset with its three downloads."""
    forms = (("text/csv", "csv"), ("application/json", "json"), ("application/geo+json", "geojson"))
    return {
        "@type": "Dataset",
        "name": name,
        "description": gettext(
            "The bases of the HOME Program: the name of each in Chinese and in English, its kind, host, place, year of"
            " accreditation, and where the facts come from; as CSV, JSON and GeoJSON."
        ),
        "creator": {"@id": absolute_url("/#organiser")},
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": absolute_url(f"{directory_path}data/{form}/")}
            for kind, form in forms
        ],
    }


def _point(province) -> dict | None:
    if province is None:
        return None
    return {"type": "Point", "coordinates": [float(province.longitude), float(province.latitude)]}
