"""The demonstration's invented content: texts, people, comments, answers and roll calls."""
