//! Interview marks: trimmed mean of a panel (RULES.md §4, §6).
