"""Rule kinds (cách chấm): one file each, one line in the registry."""

from cchc_desktop.domain.rules.rule import Rule

__all__ = ["Rule"]
