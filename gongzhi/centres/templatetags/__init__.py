"""Tags of the centre's pages."""
