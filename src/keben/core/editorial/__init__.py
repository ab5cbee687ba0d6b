"""What the editors of a book decided about its conversion: tables in ``book/`` that people and the review write."""
