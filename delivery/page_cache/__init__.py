"""The page cache: public answers kept whole and compressed, given out before Django's request cycle starts, never stale."""
