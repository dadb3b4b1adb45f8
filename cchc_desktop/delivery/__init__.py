"""How a package leaves the house. One channel, one file: `folder` (a disk or a USB stick)."""
