"""Who signs: choosing a key, a file or a token, and signing over a package. For pages and package windows."""
