//! Roster rows: what is cleaned, what is a fault (RULES.md §1).
