from core.forms import UnversionedForm


class NameForm(UnversionedForm):
    """The form of a name: where the Chinese changes and the pinyin does not, the pinyin is made anew."""

    def clean(self):
        cleaned = super().clean()
        if "chinese" in self.changed_data and "pinyin" not in self.changed_data:
            cleaned["pinyin"] = ""
        return cleaned
