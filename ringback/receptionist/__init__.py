"""The dialog: pure. It advances a state by what happened and names what it needs; the workflow fetches that."""
