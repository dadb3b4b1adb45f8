"""Paper, margins and sizes of Nghị định 30/2020/NĐ-CP, Phụ lục I, in points (1 mm = 72/25.4 pt)."""

from __future__ import annotations

MM = 72 / 25.4

PAPER = (210 * MM, 297 * MM)
TOP = 20 * MM  # 20–25
BOTTOM = 20 * MM  # 20–25
LEFT = 30 * MM  # 30–35
RIGHT = 15 * MM  # 15–20

PAGE_NUMBER = 13  # 13–14, centred in the top margin
PAGE_NUMBER_BASELINE = 13 * MM  # below the paper's upper edge

NATION = 12  # Quốc hiệu: 12–13, bold capitals
MOTTO = 13  # Tiêu ngữ: 13–14, bold
BODY_NAME = 12  # superior and issuing body: 12–13, capitals
NUMBER = 13
PLACE_DATE = 13  # 13–14, italic
SUBJECT = 12  # "V/v …": 12–13
LETTERHEAD_LEFT = 74 * MM  # the nation's name needs 88.3 mm of the 165 at size 12

TITLE = 14  # type and trích yếu: 13–14, bold
BODY = 14  # 13–14
BODY_LEADING = 17.5  # between single (1.15) and 1.5 lines
PARAGRAPH_SPACE = 6  # at least 6 pt
INDENT = 12.7 * MM  # 1 or 1.27 cm
NOTE = 12

AUTHORITY = 14  # 13–14, bold capitals
SIGNER = 14  # 13–14, bold
SIGNATURE_SPACE = 24 * MM  # the red seal is about 36 mm wide and covers the name's upper half
RECIPIENTS_LABEL = 12  # bold italic
RECIPIENTS = 11

ANNEX = 14  # "Phụ lục I" bold
CELL = 11
CELL_LEADING = 13.5
SMALL_CELL = 10
SMALL_CELL_LEADING = 12.5
CELL_PADDING = 3
CELL_SIDE = 4  # left and right
