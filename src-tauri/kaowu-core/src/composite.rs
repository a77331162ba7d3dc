//! The composite 综合成绩 of published part marks (RULES.md §2, §4).
