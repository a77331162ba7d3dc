//! The text of a plan as TOML: every section read on its own, so that one fault does not hide the next, and every fault
//! found again by its line.

use super::fault::{FaultCode, PlanError, PlanFault};
use serde::de::DeserializeOwned;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error, ValueDeserializer};

/// A plan's text, parsed but not yet understood.
pub(super) struct Sheet<'t> {
    text: &'t str,
    root: Spanned<DeTable<'t>>,
    known: Vec<&'static str>,
    faults: Vec<PlanFault>,
}

impl<'t> Sheet<'t> {
    pub(super) fn parse(text: &'t str) -> Result<Self, PlanError> {
        let root = DeTable::parse(text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start);
            let (line, column) = position(text, at);
            PlanError::PlanSyntax { line, column, detail: e.message().lines().collect::<Vec<_>>().join("; ") }
        })?;
        Ok(Self { text, root, known: Vec::new(), faults: Vec::new() })
    }

    /// A section that must stand once.
    pub(super) fn one<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        self.known.push(name);
        match self.root.get_ref().get(name) {
            Some(value) => {
                let value = value.clone();
                self.take(name, value)
            }
            None => {
                self.missing(name);
                None
            }
        }
    }

    /// A section that may stand once.
    pub(super) fn maybe<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        self.known.push(name);
        let value = self.root.get_ref().get(name).cloned()?;
        self.take(name, value)
    }

    /// A section with any number of items.
    pub(super) fn many<T: DeserializeOwned>(&mut self, name: &'static str, needed: bool) -> Vec<T> {
        self.known.push(name);
        let Some(value) = self.root.get_ref().get(name).cloned() else {
            if needed {
                self.missing(name);
            }
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.take::<Vec<T>>(name, value);
            return Vec::new();
        };
        items.iter().enumerate().filter_map(|(i, item)| self.take(&format!("{name}[{i}]"), item.clone())).collect()
    }

    /// Everything that could not be read, sections no plan has among them.
    pub(super) fn finish(&mut self) -> Vec<PlanFault> {
        let strangers: Vec<(String, usize)> = self
            .root
            .get_ref()
            .iter()
            .filter(|(key, _)| !self.known.contains(&key.get_ref().as_ref()))
            .map(|(key, _)| (key.get_ref().to_string(), key.span().start))
            .collect();
        let wants = self.known.join(", ");
        for (key, at) in strangers {
            let line = position(self.text, at).0;
            self.faults.push(PlanFault { code: FaultCode::PlanKeyUnknown, value: key.clone(), key, line, wants: wants.clone() });
        }
        std::mem::take(&mut self.faults)
    }

    /// The line of a key, or of the nearest thing around it that stands in the text.
    pub(super) fn line(&self, key: &str) -> usize {
        position(self.text, self.walk(key).0).0
    }

    fn missing(&mut self, name: &str) {
        self.faults.push(PlanFault {
            code: FaultCode::PlanKeyMissing,
            key: name.to_owned(),
            line: 1,
            value: String::new(),
            wants: name.to_owned(),
        });
    }

    fn take<T: DeserializeOwned>(&mut self, path: &str, value: Spanned<DeValue<'t>>) -> Option<T> {
        match T::deserialize(ValueDeserializer::from(value.clone())) {
            Ok(read) => Some(read),
            Err(e) => {
                let fault = self.shape_fault(path, &value, &e);
                self.faults.push(fault);
                None
            }
        }
    }

    /// What the reader said, as a fault at the innermost key it spoke of.
    fn shape_fault(&self, path: &str, value: &Spanned<DeValue<'t>>, error: &Error) -> PlanFault {
        let span = error.span().unwrap_or_else(|| value.span());
        let mut best = (path.to_owned(), value.span());
        innermost(path, value, &span, &mut best);
        let mut key = best.0;
        let item = error.message().strip_prefix('@').and_then(|m| m.split_once(' '));
        let message = item.map_or(error.message(), |(index, message)| {
            key.push_str(&format!("[{index}]"));
            message
        });
        let (said, wants) = message.split_once(", expected ").unwrap_or((message, ""));
        let quoted = |mark: char| said.split_once(mark).and_then(|(_, rest)| rest.rsplit_once(mark)).map(|(name, _)| name);
        let named = quoted('`').or_else(|| quoted('"')).unwrap_or(said);
        let code = match said {
            _ if said.starts_with("unknown field") => FaultCode::PlanKeyUnknown,
            _ if said.starts_with("missing field") => FaultCode::PlanKeyMissing,
            _ => FaultCode::PlanValueWrong,
        };
        if item.is_some() {
            let sought = (code != FaultCode::PlanKeyMissing).then(|| self.at(&key)).flatten();
            key = sought.and_then(|v| named_in(&key, v, named, code == FaultCode::PlanKeyUnknown)).unwrap_or(key);
        }
        let tail = format!(".{named}");
        if code != FaultCode::PlanValueWrong && !key.ends_with(&tail) {
            key.push_str(&tail);
        }
        let wants = if code == FaultCode::PlanKeyMissing { named.to_owned() } else { wanted(wants) };
        PlanFault { code, line: self.line(&key), key, value: named.to_owned(), wants }
    }

    /// What stands at a key.
    fn at(&self, key: &str) -> Option<&Spanned<DeValue<'t>>> {
        let (_, found, whole) = self.walk(key);
        found.filter(|_| whole)
    }

    /// Where a key stands in the text, what is there, and whether all of the key was found.
    fn walk(&self, key: &str) -> (usize, Option<&Spanned<DeValue<'t>>>, bool) {
        let mut at = 0;
        let mut here: Option<&Spanned<DeValue<'t>>> = None;
        for step in key.split(['.', '[']) {
            let next = match step.strip_suffix(']').and_then(|n| n.parse::<usize>().ok()) {
                Some(index) => here.and_then(|v| v.get_ref().get(index)),
                None if here.is_none() => self.root.get_ref().get(step),
                None => here.and_then(|v| v.get_ref().get(step)),
            };
            let Some(next) = next else { return (at, here, false) };
            // A table made by dotted keys has no text of its own.
            if next.span().end > 0 {
                at = next.span().start;
            }
            here = Some(next);
        }
        (at, here, true)
    }
}

/// The key under `path` that is called, or whose text is, `name`.
fn named_in(path: &str, value: &Spanned<DeValue<'_>>, name: &str, is_key: bool) -> Option<String> {
    match value.get_ref() {
        DeValue::Table(table) => table.iter().find_map(|(key, inner)| {
            let path = format!("{path}.{}", key.get_ref());
            if is_key && key.get_ref() == name { Some(path) } else { named_in(&path, inner, name, is_key) }
        }),
        DeValue::Array(items) => items.iter().enumerate().find_map(|(i, v)| named_in(&format!("{path}[{i}]"), v, name, is_key)),
        DeValue::String(text) if !is_key && text == name => Some(path.to_owned()),
        _ => None,
    }
}

/// The smallest thing under `value` whose text, or whose key's text, holds the span.
fn innermost(path: &str, value: &Spanned<DeValue<'_>>, span: &Range<usize>, best: &mut (String, Range<usize>)) {
    let mut offer = |path: &str, found: Range<usize>| {
        let holds = found.start <= span.start && span.end <= found.end;
        let smaller = found.len() < best.1.len() || !(best.1.start <= span.start && span.end <= best.1.end);
        if holds && smaller {
            *best = (path.to_owned(), found);
        }
    };
    match value.get_ref() {
        DeValue::Table(table) => {
            for (key, inner) in table {
                let path = format!("{path}.{}", key.get_ref());
                offer(&path, key.span());
                offer(&path, inner.span());
            }
            for (key, inner) in table {
                innermost(&format!("{path}.{}", key.get_ref()), inner, span, best);
            }
        }
        DeValue::Array(items) => {
            for (i, inner) in items.iter().enumerate() {
                let path = format!("{path}[{i}]");
                offer(&path, inner.span());
            }
            for (i, inner) in items.iter().enumerate() {
                innermost(&format!("{path}[{i}]"), inner, span, best);
            }
        }
        _ => {}
    }
}

/// What the reader expected, in words a person knows.
fn wanted(expected: &str) -> String {
    match expected {
        "a string" => "text in quotes 带引号的文字".to_owned(),
        "a boolean" => "true / false".to_owned(),
        "a sequence" => "a list in square brackets 方括号列表".to_owned(),
        "u8" | "u16" | "u32" => "a whole number from 0 非负整数".to_owned(),
        "i64" => "a whole number 整数".to_owned(),
        "" => "—".to_owned(),
        other => other.trim_start_matches("one of ").replace('`', ""),
    }
}

/// Line and character of a byte, both from 1.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    (before.matches('\n').count() + 1, before[start..].chars().count() + 1)
}
