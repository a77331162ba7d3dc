//! The summary a person reads: each step, its counts, its time, and whether everything agrees.

use crate::compare::Comparison;
use crate::folders::Folders;
use serde::Serialize;
use std::time::Duration;

/// A step as noted.
#[derive(Debug, Clone, Serialize)]
pub struct StepRow {
    name: String,
    note: String,
    milliseconds: u64,
}

#[derive(Default)]
pub(crate) struct Summary {
    steps: Vec<StepRow>,
    lists: Vec<Comparison>,
}

impl Summary {
    pub(crate) fn step(&mut self, name: &str, note: &str, took: Duration) {
        self.steps.push(StepRow {
            name: name.to_owned(),
            note: note.to_owned(),
            milliseconds: u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        });
    }

    pub(crate) fn list(&mut self, comparison: Comparison) {
        self.lists.push(comparison);
    }

    pub(crate) fn agrees(&self) -> bool {
        !self.lists.is_empty() && self.lists.iter().all(|l| l.differs.is_none())
    }

    pub(crate) fn differing(&self) -> Vec<String> {
        self.lists.iter().filter(|l| l.differs.is_some()).map(|l| l.list.clone()).collect()
    }

    pub(crate) fn into_rows(self) -> Vec<StepRow> {
        self.steps
    }

    pub(crate) fn text(&self, folders: &Folders, took: Duration) -> String {
        let mut out = String::from("# 考务演示总结 Demo summary\n\n演练：所有数据均为虚构。A drill on invented people.\n\n");
        out += &format!("用时 {}.{:03} 秒。\n\n", took.as_secs(), took.subsec_millis());
        out += "| 步骤 | 结果 | 毫秒 |\n|---|---|---|\n";
        for step in &self.steps {
            out += &format!("| {} | {} | {} |\n", step.name, step.note.replace('|', "/"), step.milliseconds);
        }
        out += "\n## 与标准结果逐行核对\n\n| 名单 | 行数 | 结论 |\n|---|---|---|\n";
        for list in &self.lists {
            let verdict = match &list.differs {
                None => "完全一致".to_owned(),
                Some((wanted, got)) => format!("**不一致**：应为 `{wanted}`，得 `{got}`"),
            };
            out += &format!("| {} | {} | {verdict} |\n", list.list, list.rows);
        }
        out += "\n## 可以打开看的\n\n";
        for (folder, what) in [
            (&folders.results, "成绩、排名、名单、证书"),
            (&folders.hq, "总部数据库、导入报告、口令条"),
            (&folders.sites, "各考点数据库"),
            (&folders.out_stick, "下发的考点包与回执（.kaowu）"),
            (&folders.home_stick, "考点上交的交接包（.kaowu）"),
        ] {
            out += &format!("- `{}`：{what}\n", folder.display());
        }
        out
    }
}
