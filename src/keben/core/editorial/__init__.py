"""What the editors of a book settled of its conversion: tables in ``book/`` that people and the review write."""
