//! The whole event, played in a fresh folder: one database a laptop, packets between them, everything compared with what
//! must come out (`expected/`). A drill: its papers say so.

mod clock;
mod compare;
mod headquarters;
mod site;
mod summary;

use crate::args::DemoArgs;
use crate::say::Voice;
use crate::verbs::Bench;
use clock::Clock;
use kaowu_desk::{DeskFault, Result};
use std::path::{Path, PathBuf};
use std::time::Instant;
use summary::Summary;

/// The folders of the demo.
struct Folders {
    data: PathBuf,
    fonts: PathBuf,
    hq: PathBuf,
    sites: PathBuf,
    out_stick: PathBuf,
    home_stick: PathBuf,
    results: PathBuf,
}

impl Folders {
    fn make(args: &DemoArgs) -> Result<Self> {
        let folder = &args.out;
        if folder.exists() && std::fs::read_dir(folder).map_err(|e| unwritable(folder, &e))?.next().is_some() {
            return Err(DeskFault::FolderNotEmpty { folder: folder.display().to_string() }.into());
        }
        if !args.data.join("rosters").is_dir() {
            return Err(DeskFault::FileUnreadable { file: args.data.display().to_string(), detail: "rosters/".to_owned() }.into());
        }
        let made = |name: &str| -> Result<PathBuf> {
            let path = folder.join(name);
            std::fs::create_dir_all(&path).map_err(|e| unwritable(&path, &e))?;
            Ok(path)
        };
        Ok(Self {
            data: args.data.clone(),
            fonts: args.fonts.clone(),
            hq: made("1-总部")?,
            sites: made("2-考点")?,
            out_stick: made("3-U盘/下发")?,
            home_stick: made("3-U盘/上交")?,
            results: made("4-结果")?,
        })
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> DeskFault {
    DeskFault::FileUnwritable { file: path.display().to_string(), detail: error.to_string() }
}

/// One part of the play: says its name, takes its time, notes what came out.
struct Stagehand<'a> {
    voice: &'a Voice,
    summary: Summary,
}

impl Stagehand<'_> {
    fn step<O>(&mut self, name: &str, work: impl FnOnce() -> Result<(O, String)>) -> Result<O> {
        let started = Instant::now();
        let (out, note) = work()?;
        let took = started.elapsed();
        self.voice.progress(&format!("{:>6} ms  {name}：{note}", took.as_millis()));
        self.summary.step(name, &note, took);
        Ok(out)
    }
}

pub(crate) fn run(bench: &Bench<'_>, args: &DemoArgs) -> Result<()> {
    let started = Instant::now();
    let folders = Folders::make(args)?;
    let mut hand = Stagehand { voice: bench.voice, summary: Summary::default() };
    let mut clock = Clock::new();
    headquarters::play(&folders, &mut hand, &mut clock)?;
    let text = hand.summary.text(&folders, started.elapsed());
    let path = args.out.join("总结.md");
    std::fs::write(&path, &text).map_err(|e| unwritable(&path, &e))?;
    bench
        .voice
        .tell(&serde_json::json!({ "out": args.out, "agrees": hand.summary.agrees(), "steps": hand.summary.rows() }), || text.clone());
    if hand.summary.agrees() { Ok(()) } else { Err(DeskFault::DemoDiffers { lists: hand.summary.differing() }.into()) }
}
