//! Measures a run of certificates: `cargo run -p kaowu-papers --example certificates -- COUNT [FOLDER]`.

#![allow(clippy::print_stdout, reason = "a measurement is for people to read")]

#[path = "../tests/samples/mod.rs"]
mod samples;

use kaowu_papers::{Adjust, CertificateRun, FileNo, Template, certificates};
use std::ops::ControlFlow;
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count: usize = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let folder = std::env::args().nth(2).map(std::path::PathBuf::from);
    let begun = Instant::now();
    let fonts = samples::fonts()?;
    println!("fonts loaded in {:?}, peak {}", begun.elapsed(), peak());
    let list: Vec<_> = (0..count).map(samples::honour).collect();
    let template = Template::of("personal-honour")?;
    let run = CertificateRun {
        template: &template,
        certificates: &list,
        a_file: 0,
        title: "",
        adjust: Adjust::default(),
        purpose: kaowu_papers::Purpose::default(),
    };
    let begun = Instant::now();
    let mut bytes = 0;
    let printed = certificates(&run, &fonts, &mut |_, _| ControlFlow::Continue(()), &mut |FileNo(n), file| {
        bytes += file.len();
        if let Some(folder) = &folder {
            std::fs::create_dir_all(folder).and_then(|()| std::fs::write(folder.join(format!("{n:03}.pdf")), file))?;
        }
        Ok::<(), Box<dyn std::error::Error>>(())
    })?;
    let seconds = begun.elapsed().as_millis().max(1);
    println!("{printed:?} in {seconds} ms = {} a second, {bytes} bytes, peak {}", 1000 * list.len() / usize::try_from(seconds)?, peak());
    Ok(())
}

fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|l| l.strip_prefix("VmHWM:")).unwrap_or("?").trim().to_owned()
}
