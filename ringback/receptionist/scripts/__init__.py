"""What the receptionist says, in English and Spanish, for the eye and for the ear."""
