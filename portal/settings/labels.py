"""What a translated field is called in the admin's forms."""

OWN_NAMES = {"zh-hans": "中文", "en": "English"}


def label_in_language(verbose_name: str, code: str) -> str:
    """Return the label of a field's column in the language `code`: “name · 中文”."""
    return f"{verbose_name} · {OWN_NAMES[code]}"
