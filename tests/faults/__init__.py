"""What a machine does to a profile: full, limited, read-only and failing disks, clocks, drives."""
