//! Slips: with packets the passphrase 口令条 and the receipt 回执; for the safe the six words 口令条.

use super::{Fact, facts_table, print, words};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::foot::Foot;
use crate::sheet::{Block, PageKind, Sheet};
use serde::{Deserialize, Serialize};

/// Passphrase slip 口令条: goes by another way than the stick.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PassphraseSlip {
    /// The foot.
    pub foot: Foot,
    /// Receiver, file, check code: label and value.
    pub lines: Vec<Fact>,
    /// The words.
    pub passphrase: String,
}

/// Prints passphrase slips, one a page.
pub fn passphrase_slip(slips: &[PassphraseSlip], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |slip: &PassphraseSlip| Sheet {
        page: PageKind::A5Wide,
        title: "考点包口令条".to_owned(),
        blocks: vec![facts_table(&slip.lines), Block::Big { text: slip.passphrase.clone() }],
        notes: vec!["本条与U盘分开送达；用后即毁，不得拍照、转发。".to_owned()],
        signatures: words(&["发放人", "领取人", "时间"]),
        foot: slip.foot.clone(),
        ..Sheet::default()
    };
    print(slips, sheet, fonts)
}

/// Slip of the six words 口令条 that open an event or one of its keys: for the safe. In both languages, for whoever has to find out
/// years later what it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WordsSlip {
    /// The foot.
    pub foot: Foot,
    /// Event, what the words open, when made, by whom, where to keep them: label and value.
    pub lines: Vec<Fact>,
    /// The words.
    pub words: String,
    /// What to mind.
    pub notes: Vec<String>,
}

/// Prints slips of six words, one a page.
pub fn words_slip(slips: &[WordsSlip], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |slip: &WordsSlip| Sheet {
        page: PageKind::A5Wide,
        title: "口令条　Slip of six words".to_owned(),
        blocks: vec![facts_table(&slip.lines), Block::Big { text: slip.words.clone() }],
        notes: slip.notes.clone(),
        signatures: words(&["封存人 Sealed by", "见证人 Witness", "时间 Time"]),
        foot: slip.foot.clone(),
        ..Sheet::default()
    };
    print(slips, sheet, fonts)
}

/// Receipt slip 交接回执.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReceiptSlip {
    /// The foot.
    pub foot: Foot,
    /// Sender, file, entries, time: label and value.
    pub lines: Vec<Fact>,
    /// The check code to be read over the telephone.
    pub check: String,
}

/// Prints receipts, one a page.
pub fn receipt_slip(slips: &[ReceiptSlip], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let sheet = |slip: &ReceiptSlip| Sheet {
        page: PageKind::A5Wide,
        title: "交接回执".to_owned(),
        blocks: vec![facts_table(&slip.lines), Block::Big { text: slip.check.clone() }],
        notes: vec!["请通过电话核对上方校验码；一致即表示数据完整收到。".to_owned()],
        signatures: words(&["接收人", "移交人", "时间"]),
        foot: slip.foot.clone(),
        ..Sheet::default()
    };
    print(slips, sheet, fonts)
}
