"""A single unit: its gradient for one example or for several, and the slips in it."""
