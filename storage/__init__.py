"""What is remembered: SQLAlchemy lives here and nowhere else, with its migrations."""
