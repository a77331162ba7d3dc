//! Written marks: two passes, differences, decisions (RULES.md §7).
