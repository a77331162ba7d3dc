//! Withdrawal after selection and who comes in (RULES.md §3.8).
