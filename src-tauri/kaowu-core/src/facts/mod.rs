//! What a journal entry may state: topics, their keys and values.
