"""How the shipped embedding model was made; never imported at run time."""
