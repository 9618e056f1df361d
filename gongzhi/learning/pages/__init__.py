"""Pages of forecasts, suggestions and the daily brief, and the fragments other pages fetch."""
