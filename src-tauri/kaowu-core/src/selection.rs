//! Who goes on to the next stage (RULES.md §2, §3.2–7).
