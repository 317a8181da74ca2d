"""Help while writing: what is looked for in the newest text of a page or record, and where it was found."""
