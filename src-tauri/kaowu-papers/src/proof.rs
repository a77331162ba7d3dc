//! The proof sheet of a draw 座位编排证明单: from which seed the seats came, what they came to beside what no plan can be
//! below, and how anyone works them out again.

use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, Cell, Column, Row, Sheet, Table, sheets};
use serde::{Deserialize, Serialize};

/// A proof sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DrawProof {
    /// The foot.
    pub foot: Foot,
    /// Seed as it was announced.
    pub seed: String,
    /// How it was chosen; a line to write on where empty.
    pub how: String,
    /// People seated.
    pub people: u32,
    /// Rooms in which somebody sits.
    pub rooms_used: u32,
    /// Neighbouring pairs of one unit in all.
    pub pairs: u32,
    /// What these people in these rooms cannot be below: the sum over the rooms.
    pub bound: u32,
    /// What no plan is below, however people are dealt over the rooms; none for draws of earlier versions.
    pub overall: Option<u32>,
    /// Who counts as a neighbour, in words.
    pub apart: String,
    /// People who kept a seat.
    pub pinned: usize,
    /// People who needed a certain seat or room.
    pub needs: usize,
    /// People who sit elsewhere than where the draw put them.
    pub moved: u32,
    /// Hash of candidate numbers with ID numbers.
    pub hash: String,
    /// Hash of the seats as published; empty for draws of earlier versions.
    pub public_hash: String,
    /// The rooms.
    pub rooms: Vec<ProofRoom>,
}

/// A room on it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ProofRoom {
    /// Site.
    pub site: String,
    /// Room.
    pub room: String,
    /// Seats that can be used.
    pub seats: String,
    /// People.
    pub people: String,
    /// Neighbouring pairs of one unit.
    pub pairs: String,
    /// Least possible.
    pub bound: String,
    /// Whether diagonals count in these two.
    pub diagonals: bool,
    /// Whether the result is the least possible.
    pub reached: bool,
    /// That it was drawn again by itself, from which seed and why; empty if not.
    pub redrawn: String,
}

/// How to work a draw out again.
const REPLAY: &str = "1. 公布稿（kaowu-cli seats publish 写出的文件）载有种子、考场、每人所属单位、固定座位和特殊需要；人员按身份证号顺序排列，\
不含身份证号和姓名。\n\
2. 两个互不相干的程序可供复算：kaowu-cli seats replay 公布稿；或 python3 verify-seats 公布稿（只用 Python 自带的库，随源程序提供）。\
两者都从种子重排全部座位，逐人核对，并核对各考场对数、下限和散列值。\n\
3. 方法只用 SHA-256 和整数运算，全文见源程序 tests/vectors/seating/README.md，可据以另写程序。\n\
4. 公布散列值：按公布稿次序每人一行，写“序号 考点 考场 座位号”，以空格相隔、换行结尾，全文（UTF-8）的 SHA-256。\
名册散列值：按准考证号次序每人一行，写“准考证号 身份证号”，算法相同，供持有名册者核对。\n\
5. 下限：某考场同一单位的若干人坐在该考场启用的座位上，至少有多少对相邻，逐单位算出后相加；这些人在这些座位上怎么坐都不会更少。\
未坐满的考场按座位号从小到大启用座位。\
“任何编排”的下限另把各考场全部座位和一切分法算在内。";

/// Prints proof sheets.
pub fn draw_proof(papers: &[DrawProof], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    sheets(&papers.iter().map(sheet).collect::<Vec<_>>(), fonts)
}

fn sheet(paper: &DrawProof) -> Sheet {
    let mut blocks = vec![facts(paper)];
    if !paper.rooms.is_empty() {
        blocks.push(Block::Heading { text: "各考场结果".to_owned() });
        blocks.push(rooms(&paper.rooms));
    }
    blocks.push(Block::Heading { text: "复核方法".to_owned() });
    blocks.push(Block::Text { text: REPLAY.to_owned() });
    Sheet {
        title: "座位编排证明单".to_owned(),
        blocks,
        signatures: ["编排人", "监督人", "日期"].map(str::to_owned).to_vec(),
        foot: paper.foot.clone(),
        ..Sheet::default()
    }
}

fn facts(paper: &DrawProof) -> Block {
    let least = match paper.pairs.checked_sub(paper.bound) {
        _ if paper.pairs == 0 => "0 对：没有同单位的人相邻".to_owned(),
        None | Some(0) => format!("{} 对；各考场下限之和 {} 对，已是最少", paper.pairs, paper.bound),
        Some(more) => format!("{} 对；各考场下限之和 {} 对，比下限多 {more} 对", paper.pairs, paper.bound),
    };
    let overall = paper.overall.filter(|_| paper.pairs > 0);
    let mut lines = vec![
        ("种子", paper.seed.clone()),
        ("种子由来", paper.how.clone()),
        ("人数与考场", format!("{} 人，{} 个考场", paper.people, paper.rooms_used)),
        ("相邻的含义", paper.apart.clone()),
        ("相邻同单位", least),
        ("固定与特需", format!("固定座位 {} 人，特殊需要 {} 人", paper.pinned, paper.needs)),
        ("编排后调整", if paper.moved == 0 { "无".to_owned() } else { format!("{} 人现在的座位与编排结果不同", paper.moved) }),
    ];
    if let Some(overall) = overall {
        let text = format!("无论怎样分到各考场、坐哪些座位，全部人员至少有 {overall} 对");
        lines.insert(5, ("任何编排", text));
    }
    if !paper.public_hash.is_empty() {
        lines.push(("公布散列值", paper.public_hash.clone()));
    }
    lines.push(("名册散列值", paper.hash.clone()));
    let columns = vec![Column::new("", 34), Column::new("", 146).left().wraps()];
    let row = |(label, value): (&str, String)| Row::new([Cell::heading(label), Cell::from(value.as_str())]);
    let rows = lines.into_iter().map(row).collect();
    Block::Table(Table { columns, headed: false, rows, row_height: 75, text_size: 105, ..Table::default() })
}

fn rooms(rooms: &[ProofRoom]) -> Block {
    let columns = vec![
        Column::new("考点", 52).left(),
        Column::new("考场", 16),
        Column::new("座位", 13),
        Column::new("人数", 13),
        Column::new("相邻对数", 18),
        Column::new("下限", 13),
        Column::new("结论", 20),
        Column::new("备注", 37).left(),
    ];
    let row = |r: &ProofRoom| {
        let word = if r.reached { "已是最少" } else { "高于下限" };
        let note = match (r.diagonals, r.redrawn.as_str()) {
            (false, text) => text.to_owned(),
            (true, "") => "含斜向".to_owned(),
            (true, text) => format!("含斜向；{text}"),
        };
        Row::new([&r.site, &r.room, &r.seats, &r.people, &r.pairs, &r.bound, word, &note].map(|t| Cell::from(t as &str)))
    };
    Block::Table(Table { columns, headed: true, rows: rooms.iter().map(row).collect(), row_height: 62, text_size: 95, ..Table::default() })
}
