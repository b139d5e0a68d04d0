"""Coverage-guided fuzzing of what reads words and bytes from outside."""
