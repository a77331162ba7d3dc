//! The proof sheet of a provincial trial, with a room that stays above its bound, one that counts diagonals and one that
//! was drawn again.

use super::foot;
use kaowu_papers::{DrawProof, Foot, ProofRoom};

pub fn proof() -> DrawProof {
    let room = |n: u32| ProofRoom {
        site: "南京市考点（江苏省人事考试中心）".to_owned(),
        room: format!("{n:03}"),
        seats: "30".to_owned(),
        people: if n == 6 { "29" } else { "30" }.to_owned(),
        pairs: if n == 2 { "3" } else { "0" }.to_owned(),
        bound: if n == 2 { "2" } else { "0" }.to_owned(),
        diagonals: n == 4,
        reached: n != 2,
        redrawn: if n == 5 { "重排，种子 补-0724 两名考生原系同事".to_owned() } else { String::new() },
    };
    DrawProof {
        foot: Foot { room: String::new(), ..foot(false) },
        seed: "20200723-3229.10".to_owned(),
        how: "2020年7月23日 15:00 上证综指收盘点位，由王㛃、李䶮、张𬭎当场抄录，陈𠅤、赵𰻝监督".to_owned(),
        people: 179,
        rooms_used: 6,
        pairs: 3,
        bound: 2,
        overall: Some(2),
        apart: "前后左右；能做到的考场含斜向".to_owned(),
        pinned: 2,
        needs: 1,
        moved: 30,
        hash: "9f2c4e8a1b7d3f605c8e2a914d7b6f3085e1c9a27d4b8f6013e5a7c9d2b4f681".to_owned(),
        public_hash: "1f6013e5a7c9d2b4f6819f2c4e8a1b7d3f605c8e2a914d7b6f3085e1c9a27d4b".to_owned(),
        rooms: (1..=6).map(room).collect(),
    }
}
