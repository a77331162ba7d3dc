//! The exam room on the day: check-in, absence, incidents, room record (RULES.md §5).
