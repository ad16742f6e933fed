"""Pages of worked solutions to problems that somebody brought, one module for each command."""
