//! Ordered lists with competition ranks and held ties (RULES.md §4).
