//! Certificates: `bench_certificates PYTHON`. Each count in a process of its own, so that its memory is seen; beside them, in the
//! same run, ReportLab with the same fonts (PYTHON has it) and the bare deflate of the same streams.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::float_arithmetic, missing_docs, reason = "a measurement, not the program")]

use chrono::DateTime;
use flate2::{Compress, Compression, FlushCompress};
use kaowu_core::facts::Deed;
use kaowu_core::journal::Mode;
use kaowu_core::plan::bundled;
use kaowu_desk::{Adjust, Ctx, Desk, Look, NewEvent, PrintOrder};
use lopdf::{Document, Object};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const COUNTS: [usize; 3] = [1_000, 10_000, 30_000];
const A_FILE: usize = 100;
/// ReportLab is slower: its rate is that of so many.
const THEIRS: usize = 1_000;
const THEIRS_WHOLE: usize = 50;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [run, count, folder] if run == "--run" => print(count.parse().unwrap(), Path::new(folder)),
        [python] => compare(python),
        _ => println!("bench_certificates PYTHON"),
    }
}

/// A run through the desk, as the window and the command line print: numbered, signed, journalled, on the disk.
fn print(count: usize, folder: &Path) {
    let ctx =
        Ctx { now: DateTime::parse_from_rfc3339("2020-06-20T09:00:00+08:00").unwrap(), mono: 1, boot: "b".into(), operator: "甲".into() };
    let plan = bundled("jiangsu-2020").unwrap().replacen(
        "title_en = \"Ten best of the monthly contests of the year\"\nfrom = 1\nto = 10\n",
        &format!("title_en = \"Ten best\"\nfrom = 1\nto = {count}\n"),
        1,
    );
    let mut desk = Desk::create(&folder.join("event.kaowu-db"), &ctx, &NewEvent { plan: &plan, mode: Mode::Live }).unwrap();
    let deed = |n: usize| Deed { winner: format!("{n:05}"), name: format!("钱{n:05}"), rank: None, grounds: String::new() };
    let award = "monthly".into();
    desk.confirm_award(&ctx, &award, "1", &(1..=count).map(deed).collect::<Vec<_>>()).unwrap();
    let fonts = Desk::fonts(&font_folder()).unwrap();
    let order = PrintOrder { award: &award, look: Look::default(), adjust: Adjust::default(), from: 1, folder };
    let before = peak();
    let begun = Instant::now();
    let run = desk.print_run(&ctx, &fonts, &order, &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(run.printed, count);
    println!("{} {before} {}", begun.elapsed().as_secs_f64(), peak());
}

fn compare(python: &str) {
    println!("certificates through the desk: numbered, signed, journalled, {A_FILE} a file, written and flushed");
    let mut rate = 0.0;
    let mut flat = Vec::new();
    for count in COUNTS {
        let folder = tempfile::tempdir().unwrap();
        let out = Command::new(std::env::current_exe().unwrap()).args(["--run", &count.to_string()]).arg(folder.path()).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let said = String::from_utf8(out.stdout).unwrap();
        let numbers: Vec<f64> = said.split_whitespace().map(|n| n.parse().unwrap()).collect();
        let files = pdfs(folder.path());
        let bytes: u64 = files.iter().map(|f| f.metadata().unwrap().len()).sum();
        rate = f64::from(u32::try_from(count).unwrap()) / numbers[0];
        println!(
            "  {count}: {:.1} s, {rate:.0} a second, {} bytes each; peak memory {:.0} MB, of which {:.0} before the run",
            numbers[0],
            bytes / u64::try_from(count).unwrap(),
            numbers[2] / 1024.0,
            numbers[1] / 1024.0,
        );
        if count == COUNTS[1] {
            let (took, streams) = deflate(&files);
            let ours = Duration::from_secs_f64(numbers[0]);
            println!(
                "  {count}, bare deflate of the same {streams} streams: {:.2} s; ours takes {:.1} ×",
                took.as_secs_f64(),
                ours.as_secs_f64() / took.as_secs_f64()
            );
        }
        flat = files.iter().take(1).map(|f| std::fs::read(f).unwrap()).collect();
    }
    let folder = tempfile::tempdir().unwrap();
    let (code, art) = forms(&flat[0]);
    let path = |name: &str, text: String| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (code, art) = (path("code.txt", code), path("art.txt", art));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/bench_certificates.py");
    let theirs = |count: usize, own: &[&str]| {
        let mut command = Command::new(python);
        command.arg(&script).arg(font_folder()).args([&code, &art]).args([count.to_string(), A_FILE.to_string()]);
        let out = command.arg(folder.path()).args(own).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let said = String::from_utf8(out.stdout).unwrap();
        let seconds: f64 = said.split_whitespace().next().unwrap().parse().unwrap();
        (seconds, f64::from(u32::try_from(count).unwrap()) / seconds)
    };
    let (seconds, a_second) = theirs(THEIRS, &[]);
    let times = rate / a_second;
    println!(
        "  ReportLab, {THEIRS}, given the codes and broken lines ready-made: {seconds:.1} s, {a_second:.0} a second; ours {times:.1} ×"
    );
    let (seconds, a_second) = theirs(THEIRS_WHOLE, &["own"]);
    println!(
        "  ReportLab, {THEIRS_WHOLE}, making the codes itself as we do: {seconds:.1} s, {a_second:.0} a second; ours {:.0} ×",
        rate / a_second
    );
}

fn font_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts")
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let mut files: Vec<PathBuf> = entries.filter(|p| p.extension().is_some_and(|e| e == "pdf")).collect();
    files.sort();
    files
}

/// All streams of all files, deflated once more and thrown away.
fn deflate(files: &[PathBuf]) -> (Duration, usize) {
    let (mut took, mut streams) = (Duration::ZERO, 0);
    // One for all, as in the program: making one anew costs more than the work.
    let mut packer = Compress::new(Compression::new(6), true);
    for file in files {
        let document = Document::load(file).unwrap();
        let plain: Vec<Vec<u8>> = document
            .objects
            .values()
            .filter_map(
                |o| if let Object::Stream(s) = o { Some(s.decompressed_content().unwrap_or_else(|_| s.content.clone())) } else { None },
            )
            .collect();
        let begun = Instant::now();
        for content in &plain {
            packer.reset();
            let mut packed = Vec::with_capacity(content.len() + 64);
            packer.compress_vec(content, &mut packed, FlushCompress::Finish).unwrap();
            std::hint::black_box(packed);
        }
        took += begun.elapsed();
        streams += plain.len();
    }
    (took, streams)
}

/// The operators of the first code and of the border.
fn forms(pdf: &[u8]) -> (String, String) {
    let document = Document::load_mem(pdf).unwrap();
    let of = |wide: bool| {
        let form = document.objects.values().find_map(|o| match o {
            Object::Stream(s) if s.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Form") => {
                let right = s.dict.get(b"BBox").unwrap().as_array().unwrap()[2].as_float().unwrap();
                (wide == (right > 300.0)).then(|| s.decompressed_content().unwrap())
            }
            _ => None,
        });
        String::from_utf8(form.unwrap()).unwrap()
    };
    (of(false), of(true))
}

/// The most memory this process has had, in kilobytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.trim().split(' ').next()?.parse().ok()).unwrap_or(0)
}
