//! Room record 考场情况记录单.

use super::{Fact, print, words};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table};
use serde::{Deserialize, Serialize};

/// Room record 考场情况记录单 (RULES.md §5).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoomRecord {
    /// The foot.
    pub foot: Foot,
    /// Above the table.
    pub facts: Vec<Fact>,
    /// Expected, present, absent.
    pub people: [String; 3],
    /// Candidate numbers of the absent.
    pub absent: String,
    /// Papers issued, used, for the absent, spare, returned.
    pub papers: [String; 5],
    /// Incidents, a line each: time, person, clause, facts. Empty rows are left to write in.
    pub incidents: Vec<[String; 4]>,
    /// Other things worth recording.
    pub remarks: String,
}

/// Prints room records.
pub fn room_record(rooms: &[RoomRecord], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |room: &RoomRecord| {
        let label = Cell::heading;
        let value = |text: &str| Cell::from(text);
        let [expected, present, absent] = &room.people;
        let [issued, used, for_absent, spare, returned] = &room.papers;
        let columns: Vec<Column> = (0..10).map(|_| Column::new("", 18)).collect();
        let mut rows = vec![
            Row::new([
                label("应到人数").span(2),
                value(expected),
                label("实到人数").span(2),
                value(present),
                label("缺考人数").span(2),
                value(absent).span(2),
            ]),
            Row::new([label("缺考考生准考证号").span(2), value(&room.absent).span(8).left()]).height(220),
            Row::new([
                label("领取试卷").span(2),
                label("已用试卷").span(2),
                label("缺考试卷").span(2),
                label("备用试卷").span(2),
                label("交回试卷").span(2),
            ]),
            Row::new([issued, used, for_absent, spare, returned].map(|t| value(t).span(2))),
            Row::new([label("时间").span(1), label("考生").span(2), label("条款").span(2), label("事实经过").span(5)]),
        ];
        let blank = [const { String::new() }; 4];
        let lines = room.incidents.iter().chain(std::iter::repeat_n(&blank, 6_usize.saturating_sub(room.incidents.len())));
        for [time, person, clause, facts] in lines {
            let cells = [value(time), value(person).span(2), value(clause).span(2), value(facts).span(5).left()];
            rows.push(Row::of(person, cells).height(170));
        }
        rows.push(Row::new([label("其他情况").span(2), value(&room.remarks).span(8).top()]).height(400));
        Sheet {
            title: "考场情况记录单".to_owned(),
            facts: room.facts.clone(),
            facts_a_line: 3,
            blocks: vec![Block::Table(Table { columns, headed: false, rows, row_height: 85, text_size: 105, ..Table::default() })],
            notes: words(&["注：应到人数＝实到人数＋缺考人数；领取试卷＝已用＋缺考＋备用；交回试卷＝领取试卷。不相符的，不得签字离场。"]),
            signatures: words(&["监考员", "监考员", "考点主任"]),
            foot: room.foot.clone(),
            ..Sheet::default()
        }
    };
    print(rooms, sheet, fonts)
}
