"""Django's SQLite with a queue before writing; the name Django's ENGINE setting asks for."""
