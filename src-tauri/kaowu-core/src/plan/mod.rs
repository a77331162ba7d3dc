//! The plan of an event as data.
