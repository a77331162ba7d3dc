//! Every step of a total in figures that a pocket calculator repeats.
