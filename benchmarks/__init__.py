"""What takes how long, and beside what. See README.md in this folder."""
