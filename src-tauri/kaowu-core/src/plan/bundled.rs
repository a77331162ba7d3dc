//! The plans that come with the program, by name.

/// Name and text of each.
pub const BUNDLED: &[(&str, &str)] = &[
    ("jiangsu-2020", include_str!("../../../../assets/plans/jiangsu-2020.toml")),
    ("civil-service", include_str!("../../../../assets/plans/civil-service.toml")),
];

/// The text of a bundled plan.
pub fn bundled(name: &str) -> Option<&'static str> {
    BUNDLED.iter().find(|(n, _)| *n == name).map(|(_, text)| *text)
}
