"""Gửi báo cáo."""
