"""The catalogue as tables: reading them, planning an import, writing an export."""
