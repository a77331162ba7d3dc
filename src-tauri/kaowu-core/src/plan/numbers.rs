//! Candidate numbers 准考证号 from the plan's template (RULES.md §5): always text, every field of fixed width.

use super::{Plan, Stage};
use crate::coded;
use crate::identity::{CandidateNumber, RoomNumber, SiteCode, StageId};
use chrono::Datelike;
use serde::Serialize;
use std::collections::BTreeSet;

/// Why a number cannot be made or read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum NumberError {
    /// The plan has no such stage.
    NumberStageUnknown {
        /// The stage.
        stage: String,
    },
    /// The stage has no part, so no year.
    NumberStageEmpty {
        /// The stage.
        stage: String,
    },
    /// Not a site code such as `3201-01`.
    NumberSiteUnreadable {
        /// The text.
        site: String,
    },
    /// A template that cannot be read.
    NumberTemplateUnreadable {
        /// The piece that is no field and no plain text.
        piece: String,
    },
    /// A value that its field in the template does not hold.
    NumberUnfit {
        /// The field: `room`.
        field: String,
        /// The value.
        value: String,
        /// Digits of the field.
        width: usize,
    },
    /// Not a number of this template.
    NumberForeign {
        /// The number.
        number: String,
        /// The template.
        template: String,
    },
}
coded!(NumberError);

/// What a candidate number says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NumberParts {
    /// Last digits of the year.
    pub year: Option<String>,
    /// The stage, where the template names it.
    pub stage: Option<StageId>,
    /// The city's digits as they stand in the number.
    pub city: Option<String>,
    /// The site's digits within the city.
    pub site_digits: String,
    /// The whole site code, where the digits belong to one city of the plan only.
    pub site: Option<SiteCode>,
    /// The room.
    pub room: RoomNumber,
    /// The seat, from 1.
    pub seat: u16,
}

/// A field of the template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberField {
    /// Year of the stage's first part.
    Year,
    /// Digit of the stage.
    Stage,
    /// Last digits of the city's code before the hyphen of a site code.
    City,
    /// Digits after the hyphen.
    Site,
    /// Room number.
    Room,
    /// Seat number.
    Seat,
}

impl NumberField {
    pub(super) const ALL: [(Self, &'static str); 6] = [
        (Self::Year, "year"),
        (Self::Stage, "stage"),
        (Self::City, "city"),
        (Self::Site, "site"),
        (Self::Room, "room"),
        (Self::Seat, "seat"),
    ];

    /// As it stands in the default template.
    pub(super) fn usual(self) -> String {
        let width = match self {
            Self::Stage => 1,
            Self::Room => 3,
            Self::Year | Self::City | Self::Site | Self::Seat => 2,
        };
        format!("{{{}:{width}}}", self.name())
    }

    pub(super) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(f, _)| *f == self).map_or("", |(_, name)| name)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Field(NumberField, usize),
}

impl Piece {
    fn width(&self) -> usize {
        match self {
            Self::Literal(text) => text.len(),
            Self::Field(_, width) => *width,
        }
    }
}

/// A template, parsed: `{year:2}{stage:1}{city:2}{site:2}{room:3}{seat:2}`; letters, digits and hyphens between fields stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberTemplate(Vec<Piece>);

impl NumberTemplate {
    /// Parses a template.
    pub fn parse(template: &str) -> Result<Self, NumberError> {
        let unreadable = |piece: &str| NumberError::NumberTemplateUnreadable { piece: piece.to_owned() };
        let mut pieces = Vec::new();
        let mut seen = BTreeSet::new();
        let mut rest = template;
        while !rest.is_empty() {
            let (literal, tail) = rest.split_once('{').map_or((rest, None), |(l, t)| (l, Some(t)));
            if !literal.is_empty() {
                if !literal.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
                    return Err(unreadable(literal));
                }
                pieces.push(Piece::Literal(literal.to_owned()));
            }
            let Some(tail) = tail else { break };
            let (inside, after) = tail.split_once('}').ok_or_else(|| unreadable(&format!("{{{tail}")))?;
            let field = inside.split_once(':').and_then(|(name, width)| {
                let field = NumberField::ALL.iter().find(|(_, n)| *n == name)?.0;
                let width = width.parse::<usize>().ok().filter(|w| (1..=9).contains(w))?;
                seen.insert(field).then_some(Piece::Field(field, width))
            });
            pieces.push(field.ok_or_else(|| unreadable(&format!("{{{inside}}}")))?);
            rest = after;
        }
        if pieces.is_empty() { Err(unreadable(template)) } else { Ok(Self(pieces)) }
    }

    /// Characters of a number.
    pub fn length(&self) -> usize {
        self.0.iter().map(Piece::width).sum()
    }

    /// Digits of a field; none where the template has it not.
    pub fn width(&self, field: NumberField) -> Option<usize> {
        self.0.iter().find_map(|p| match p {
            Piece::Field(f, width) if *f == field => Some(*width),
            _ => None,
        })
    }

    fn write(&self, value: impl Fn(NumberField) -> String) -> Result<String, NumberError> {
        let mut out = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Literal(l) => out.push_str(l),
                Piece::Field(field, width) => out.push_str(&fit(*field, &value(*field), *width)?),
            }
        }
        Ok(out)
    }

    fn read<'n>(&self, number: &'n str) -> Option<Vec<(NumberField, &'n str)>> {
        let mut rest = number;
        let mut fields = Vec::new();
        for piece in &self.0 {
            let (head, tail) = rest.split_at_checked(piece.width())?;
            match piece {
                Piece::Literal(l) if l == head => {}
                Piece::Field(field, _) if head.bytes().all(|b| b.is_ascii_digit()) => fields.push((*field, head)),
                _ => return None,
            }
            rest = tail;
        }
        rest.is_empty().then_some(fields)
    }
}

/// Digits brought to the width of their field: a year and a city keep their last ones, what counts (from 1) is filled with zeros.
fn fit(field: NumberField, value: &str, width: usize) -> Result<String, NumberError> {
    let narrow = || NumberError::NumberUnfit { field: field.name().to_owned(), value: value.to_owned(), width };
    if value.is_empty() || !value.bytes().all(|b| b.is_ascii_digit()) {
        return Err(narrow());
    }
    if matches!(field, NumberField::Year | NumberField::City) {
        return value.len().checked_sub(width).and_then(|at| value.get(at..)).map(str::to_owned).ok_or_else(narrow);
    }
    let digits = value.trim_start_matches('0');
    if digits.is_empty() || digits.len() > width { Err(narrow()) } else { Ok(format!("{digits:0>width$}")) }
}

impl Plan {
    /// The template of this plan's numbers. It was read once already when the plan was; empty never.
    fn template(&self) -> NumberTemplate {
        NumberTemplate::parse(&self.rooms.number).unwrap_or(NumberTemplate(Vec::new()))
    }

    /// The number of whoever sits there: year of the stage's first part, stage digit, city, site, room, seat.
    pub fn candidate_number(&self, stage: &StageId, site: &SiteCode, room: &RoomNumber, seat: u16) -> Result<CandidateNumber, NumberError> {
        let plan = self.stage(stage).ok_or_else(|| NumberError::NumberStageUnknown { stage: stage.to_string() })?;
        let year = first_year(plan).ok_or_else(|| NumberError::NumberStageEmpty { stage: stage.to_string() })?;
        let unreadable = || NumberError::NumberSiteUnreadable { site: site.to_string() };
        let (city, within) = site.as_str().split_once('-').ok_or_else(unreadable)?;
        if ![city, within].iter().all(|t| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit())) {
            return Err(unreadable());
        }
        let number = self.template().write(|field| match field {
            NumberField::Year => year.to_string(),
            NumberField::Stage => plan.digit.to_string(),
            NumberField::City => city.to_owned(),
            NumberField::Site => within.to_owned(),
            NumberField::Room => room.to_string(),
            NumberField::Seat => seat.to_string(),
        })?;
        Ok(CandidateNumber(number))
    }

    /// What a number says. A number that this plan could not have made is refused: another length, a stage or year it has not.
    pub fn read_number(&self, number: &CandidateNumber) -> Result<NumberParts, NumberError> {
        let foreign = || NumberError::NumberForeign { number: number.to_string(), template: self.rooms.number.clone() };
        let fields = self.template().read(number.as_str()).ok_or_else(foreign)?;
        let of = |wanted: NumberField| fields.iter().find(|(f, _)| *f == wanted).map(|(_, text)| (*text).to_owned());
        let year = of(NumberField::Year);
        let stage = match of(NumberField::Stage) {
            Some(digit) => {
                let digit: u8 = digit.parse().map_err(|_| foreign())?;
                Some(self.stages.iter().find(|s| s.digit == digit).ok_or_else(foreign)?)
            }
            None => None,
        };
        let mut years = stage.map_or(self.stages.as_slice(), std::slice::from_ref).iter().filter_map(first_year);
        if year.as_ref().is_some_and(|y| !years.any(|full| full.to_string().ends_with(y.as_str()))) {
            return Err(foreign());
        }
        let (city, site_digits) = (of(NumberField::City), of(NumberField::Site).ok_or_else(foreign)?);
        let site = city.as_deref().and_then(|c| self.city_prefix(c)).map(|p| SiteCode(format!("{p}-{site_digits}")));
        let room = RoomNumber(of(NumberField::Room).ok_or_else(foreign)?);
        let seat = of(NumberField::Seat).and_then(|s| s.parse().ok()).filter(|s| *s > 0).ok_or_else(foreign)?;
        Ok(NumberParts { year, stage: stage.map(|s| s.id.clone()), city, site_digits, site, room, seat })
    }

    /// The first four digits of the unit codes that end in these digits, when they are the same for all of them.
    fn city_prefix(&self, digits: &str) -> Option<String> {
        let prefixes: BTreeSet<&str> = self.units.iter().filter_map(|u| u.code.as_str().get(..4)).filter(|p| p.ends_with(digits)).collect();
        if prefixes.len() == 1 { prefixes.first().map(|p| (*p).to_owned()) } else { None }
    }
}

fn first_year(stage: &Stage) -> Option<i32> {
    stage.parts.iter().map(|p| p.start).min().map(|start| start.year())
}
