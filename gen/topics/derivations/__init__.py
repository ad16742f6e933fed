"""Derivatives in symbols: small networks unit by unit, derivations line by line, and slips."""
