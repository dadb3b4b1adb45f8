"""Taking over the appendix table of a decision (Word or Excel) as a draft of a criteria workbook.

`draft.draft_document` reads it, `sheets.write_draft` writes it. What is not certain is marked, never guessed.
"""
