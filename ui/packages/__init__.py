"""Looking at packages from anyone, one or a folder of them, without importing anything.

`desk.py` holds the views and what can be done; `package_view.py` shows one package from the parts beside it
(verdict, reasons, signers, score, documents, evidence); `folder_view.py` the table of who handed in what.
"""
