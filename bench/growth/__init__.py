"""What a request costs as the portal grows, on generated content: `make bench-growth`."""
