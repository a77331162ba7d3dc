//! How figures, days and moments are written in a plan: for people first. A mark stands as decimal text (`"0.5"`) because a
//! bare 0.5 would be a float; days and moments stand bare, as TOML writes them, or in quotes.

use serde::de::Error;
use toml::Value;

/// Words for what a value should have been; they go into the fault as they stand, so in both languages.
const DECIMAL: &str = "\"100\", \"0.5\" (a decimal in quotes 加引号的小数)";
const DATE: &str = "2020-06-15 (a day 日期)";
const MOMENT: &str = "2020-06-27T09:00:00+08:00 (a moment with its zone 带时区的时间)";

fn wrong<E: Error>(value: &Value, wanted: &str) -> E {
    let text = match value {
        Value::String(s) => s.clone(),
        other => other.to_string(),
    };
    E::custom(format_args!("invalid value: `{text}`, expected {wanted}"))
}

/// The text of a quoted value or of a bare day or moment.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => Some(s.trim().to_owned()),
        Value::Datetime(d) => Some(d.to_string()),
        _ => None,
    }
}

/// A list whose faults say which item they are of (`@2 …`): an item read by its tag alone forgets where it stood.
pub(super) mod items {
    use serde::de::{DeserializeOwned, Error, SeqAccess, Visitor};
    use serde::{Deserializer, Serialize, Serializer};
    use std::fmt;
    use std::marker::PhantomData;

    pub(in crate::plan) fn serialize<T: Serialize, S: Serializer>(items: &[T], to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(items)
    }

    pub(in crate::plan) fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
        from.deserialize_seq(Items(PhantomData))
    }

    struct Items<T>(PhantomData<T>);

    impl<'de, T: DeserializeOwned> Visitor<'de> for Items<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a sequence")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = seq
                .next_element()
                .map_err(|e| A::Error::custom(format_args!("@{} {}", items.len(), e.to_string().lines().next().unwrap_or_default())))?
            {
                items.push(item);
            }
            Ok(items)
        }
    }
}

pub(super) mod decimal {
    use super::{DECIMAL, wrong};
    use crate::figure::Mark;
    use serde::{Deserialize, Deserializer, Serializer};
    use toml::Value;

    pub(in crate::plan) fn serialize<S: Serializer>(mark: &Mark, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(mark)
    }

    pub(in crate::plan) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Mark, D::Error> {
        let value = Value::deserialize(from)?;
        let mark = match &value {
            Value::String(s) => Mark::parse(s).ok(),
            Value::Integer(n) => n.checked_mul(Mark::UNIT).map(Mark),
            _ => None,
        };
        mark.ok_or_else(|| wrong(&value, DECIMAL))
    }
}

macro_rules! clock_form {
    ($name:ident, $or_none:ident, $ty:ty, $wanted:expr, $parse:expr, $write:expr) => {
        pub(super) mod $name {
            use super::*;
            use serde::{Deserialize, Deserializer, Serializer};

            pub(in crate::plan) fn serialize<S: Serializer>(value: &$ty, to: S) -> Result<S::Ok, S::Error> {
                let write: fn(&$ty) -> String = $write;
                to.serialize_str(&write(value))
            }

            pub(in crate::plan) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<$ty, D::Error> {
                let parse: fn(&str) -> Option<$ty> = $parse;
                let value = Value::deserialize(from)?;
                text(&value).as_deref().and_then(parse).ok_or_else(|| wrong(&value, $wanted))
            }
        }

        pub(super) mod $or_none {
            use serde::{Deserializer, Serializer};

            pub(in crate::plan) fn serialize<S: Serializer>(value: &Option<$ty>, to: S) -> Result<S::Ok, S::Error> {
                match value {
                    Some(v) => super::$name::serialize(v, to),
                    None => to.serialize_none(),
                }
            }

            pub(in crate::plan) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<$ty>, D::Error> {
                super::$name::deserialize(from).map(Some)
            }
        }
    };
}
clock_form!(date, date_or_none, chrono::NaiveDate, DATE, |t| t.parse().ok(), ToString::to_string);
clock_form!(
    moment,
    moment_or_none,
    chrono::DateTime<chrono::FixedOffset>,
    MOMENT,
    |t| chrono::DateTime::parse_from_rfc3339(t).ok(),
    chrono::DateTime::to_rfc3339
);

/// Whether diagonals count: `false`, `true` or `"where-possible"`.
pub(super) mod diagonals {
    use crate::seating::Apart;
    use serde::de::{Error, Unexpected, Visitor};
    use serde::{Deserializer, Serializer};
    use std::fmt;

    const WORD: &str = "where-possible";

    pub(in crate::plan) fn serialize<S: Serializer>(apart: &Apart, to: S) -> Result<S::Ok, S::Error> {
        match apart {
            Apart::Four => to.serialize_bool(false),
            Apart::Eight => to.serialize_bool(true),
            Apart::EightWherePossible => to.serialize_str(WORD),
        }
    }

    pub(in crate::plan) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Apart, D::Error> {
        from.deserialize_any(Diagonals)
    }

    struct Diagonals;

    impl Visitor<'_> for Diagonals {
        type Value = Apart;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("false, true, \"where-possible\"")
        }

        fn visit_bool<E: Error>(self, yes: bool) -> Result<Apart, E> {
            Ok(if yes { Apart::Eight } else { Apart::Four })
        }

        fn visit_str<E: Error>(self, word: &str) -> Result<Apart, E> {
            if word == WORD { Ok(Apart::EightWherePossible) } else { Err(E::invalid_value(Unexpected::Str(word), &self)) }
        }
    }
}
