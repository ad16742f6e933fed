"""Support vector machines: the dual at given multipliers, and what follows at its solution."""
