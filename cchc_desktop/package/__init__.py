"""The container: ASiC-E in one strict form, its writer, and its reader of files that nobody vouches for."""
