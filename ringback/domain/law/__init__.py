"""The law as data: when, how often and with which notice a contact may be texted or recorded, by jurisdiction."""
