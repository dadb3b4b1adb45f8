"""How decisions word a rule: one file for each family of wordings, one line in the registry."""
