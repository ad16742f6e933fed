"""The commands of `python -m solver`, one module each: HELP, `add` and `run`.

To add a command, add a module here and its name to `solver.arguments.COMMANDS`.
"""
