//! Awards: named counts of places in a standing (RULES.md §2, §3.10).
