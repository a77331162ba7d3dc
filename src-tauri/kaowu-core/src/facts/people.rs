//! Candidates, the files they came from, and who may not take part.

use crate::identity::{IdNumber, UnitCode};
use serde::{Deserialize, Serialize};

/// A person entered for a stage. Taken back when the person withdraws or the roster no longer lists them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Candidate {
    /// Name as cleaned.
    pub name: String,
    /// Unit of entry; kept even when units change later (RULES.md §3.17).
    pub unit: UnitCode,
    /// 男 or 女, where the roster says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sex: String,
    /// 工作单位.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub workplace: String,
    /// 职务.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub duty: String,
    /// 手机号码.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// 备注.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// Key of the [`RosterFile`] (source name) the person stands in.
    pub source: String,
    /// Row there: the order in which lists name people who are level.
    #[serde(default)]
    pub row: u32,
}

/// An imported roster; key: its source name (the file's name without folder).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterFile {
    /// SHA-256 of the file, hex.
    pub sha256: String,
    /// Rows with a person.
    pub rows: u32,
    /// Rows taken.
    pub taken: u32,
    /// Rows refused.
    pub refused: u32,
}

/// A line of an exclusion list; key: source name, line number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExclusionLine {
    /// Name.
    pub name: String,
    /// ID number, where the list gives it.
    pub id: Option<IdNumber>,
    /// City, where the list gives it and the plan knows it.
    pub city: Option<UnitCode>,
    /// The activity the person took part in, with their role.
    pub activity: String,
}

/// HQ's word on a suspect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// Cleared or confirmed.
    pub verdict: Verdict,
    /// Why.
    pub reason: String,
}

/// What was found about a suspect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Another person of the same name: takes part.
    Cleared,
    /// The person on the list: does not take part.
    Confirmed,
}
