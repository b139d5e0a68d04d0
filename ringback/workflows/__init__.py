"""The story: one async function per thing that happens: load, decide, save, enqueue."""
