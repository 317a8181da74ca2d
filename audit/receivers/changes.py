"""Which fields of a row a save changes."""


def remember(instance, raw=False, **kwargs) -> None:
    """Keep, before a save, what the row holds."""
    instance.audited_before = None
    if not raw and not instance._state.adding:
        instance.audited_before = type(instance)._base_manager.filter(pk=instance.pk).values().first()


def changed_fields(instance) -> list[str]:
    """Return, after a save, the names of the fields that it changed, in alphabetical order."""
    before = getattr(instance, "audited_before", None) or {}
    fields = {field.attname: field for field in instance._meta.concrete_fields}
    return sorted(
        fields[name].name
        for name, value in before.items()
        if name in fields and fields[name].get_prep_value(getattr(instance, name)) != fields[name].get_prep_value(value)
    )
