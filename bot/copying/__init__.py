"""The whole database into another one, of the other kind too: SQLite to PostgreSQL and back."""
