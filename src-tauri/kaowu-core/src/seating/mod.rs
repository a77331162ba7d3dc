//! Rooms, seats and the draw (RULES.md §5, DESIGN.md §4).
