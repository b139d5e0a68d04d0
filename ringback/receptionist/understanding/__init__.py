"""What a text says: times, intents, names, places, numbers, language. Pure, without any model."""
