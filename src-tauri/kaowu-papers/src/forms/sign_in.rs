//! Sign-in sheet 签到表.

use super::{Fact, print, words};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table};
use serde::{Deserialize, Serialize};

/// Sign-in sheet 签到表 of one room.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SignIn {
    /// The foot.
    pub foot: Foot,
    /// Above the table: site, room, session, time.
    pub facts: Vec<Fact>,
    /// One person a seat, in order of seats.
    pub people: Vec<SignInPerson>,
}

/// A line of a sign-in sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SignInPerson {
    /// Seat number.
    pub seat: String,
    /// Candidate number.
    pub number: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: String,
    /// Last digits of the ID number; never more.
    pub id_tail: String,
    /// 缺考, where absence has been fixed; empty before.
    #[serde(default)]
    pub remark: String,
}

/// Prints the sign-in sheets of rooms.
pub fn sign_in(rooms: &[SignIn], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |room: &SignIn| {
        let columns = vec![
            Column::new("座位号", 13),
            Column::new("准考证号", 32),
            Column::new("姓名", 26).names(),
            Column::new("单位", 44),
            Column::new("证件号后四位", 22),
            Column::new("签名", 30),
            Column::new("备注", 15),
        ];
        let row = |p: &SignInPerson| {
            let cells = [&p.seat, &p.number, &p.name, &p.unit, &p.id_tail].map(|t| Cell::from(t.as_str()));
            Row::of(&p.name, cells.into_iter().chain(["".into(), p.remark.as_str().into()]))
        };
        let rows = room.people.iter().map(row).collect();
        Sheet {
            title: "考生签到表".to_owned(),
            facts: room.facts.clone(),
            facts_a_line: 3,
            blocks: vec![Block::Table(Table { columns, headed: true, rows, row_height: 68, stretch: 28, text_size: 100 })],
            notes: vec!["注：请考生核对本人信息后签名；缺考者由监考员在备注栏注明“缺考”。".to_owned()],
            signatures: words(&["监考员", "监考员", "签到时间"]),
            foot: room.foot.clone(),
            ..Sheet::default()
        }
    };
    print(rooms, sheet, fonts)
}
