"""Making items by the thousand and looking for whatever a student could complain about."""
