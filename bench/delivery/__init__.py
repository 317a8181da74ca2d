"""The delivery of pages measured beside its peers, in one run: `make bench`."""
