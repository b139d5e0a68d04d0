"""The dialog: pure. Advances a state by what happened, and names what it needs; the workflow fetches and advances again."""
