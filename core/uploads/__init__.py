"""What staff upload: every picture and document is looked at, and refused or made harmless, before anything is kept."""
