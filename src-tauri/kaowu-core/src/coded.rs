//! Errors that carry a code and their facts, so that every floor can say them in the user's language.
//!
//! An error is a serde enum tagged `code` in kebab-case; its fields are the facts. Its words stand in
//! `assets/messages/` under the same code: what happened, and what to do. [`coded!`] ties the two together.

use serde::Serialize;
use serde_json::{Map, Value};

/// What an error says about itself, whatever its type.
pub trait Coded: Serialize + std::error::Error {
    /// The stable code: `mark-off-step`.
    fn code(&self) -> String {
        match serde_json::to_value(self) {
            Ok(Value::Object(map)) => map.get("code").and_then(Value::as_str).unwrap_or("unknown").to_owned(),
            Ok(Value::String(code)) => code,
            _ => "unknown".to_owned(),
        }
    }

    /// The facts by name, without the code.
    fn facts(&self) -> Map<String, Value> {
        match serde_json::to_value(self) {
            Ok(Value::Object(mut map)) => {
                map.remove("code");
                map
            }
            _ => Map::new(),
        }
    }
}

/// Makes a serde enum a coded error: `Display` gives its English words.
#[macro_export]
macro_rules! coded {
    ($name:ty) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&$crate::words::Lang::En.error(self).what)
            }
        }
        impl std::error::Error for $name {}
        impl $crate::coded::Coded for $name {}
    };
}
