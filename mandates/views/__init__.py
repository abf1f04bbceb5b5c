"""Pages of mandates; one module a page."""
