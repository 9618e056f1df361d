"""Pages of the catalogue under /setup."""
