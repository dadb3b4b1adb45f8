"""What lies beside the program's code; `installer/` holds the steps of `build_installer.py`."""
