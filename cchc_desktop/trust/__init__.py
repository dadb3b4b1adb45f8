"""Keys, signers, certificates, and the check of signatures. No ZIP, no JSON, no sentences in here."""
