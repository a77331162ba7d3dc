//! Who may not take part: exclusion lists, matches and suspects (RULES.md §3.16).
