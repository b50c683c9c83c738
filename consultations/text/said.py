"""Whether a text says anything: blanks, and characters nobody can see, are not reasons."""


def says_something(text: str) -> bool:
    """At least one letter or digit of any script stands in the text."""
    return any(character.isalnum() for character in text)
