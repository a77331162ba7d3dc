//! A print run of certificates: a series of files of at most a thousand pages, so that memory does not grow with the count.

use crate::certificate::{Adjust, Certificate, Purpose, check, page, shared};
use crate::error::PaperError;
use crate::fonts::Fonts;
use crate::pdf::Pdf;
use crate::template::Template;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

/// Pages a file at most.
pub const LARGEST_FILE: usize = 1000;
/// How often the operator sees the count move.
const TICK: Duration = Duration::from_millis(100);

/// What to print.
#[derive(Debug, Clone)]
pub struct CertificateRun<'a> {
    /// On what.
    pub template: &'a Template,
    /// The certificates, in order of their sheets.
    pub certificates: &'a [Certificate],
    /// Certificates a file, 1 … [`LARGEST_FILE`]; 0 means as many as fit.
    pub a_file: usize,
    /// Title of the files.
    pub title: &'a str,
    /// By how much every page is moved.
    pub adjust: Adjust,
    /// What the pages are for.
    pub purpose: Purpose,
}

/// Number of a file in its run, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileNo(pub usize);

/// What was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    /// Certificates.
    pub certificates: usize,
    /// Files.
    pub files: usize,
}

/// Prints a run. Every certificate is first laid out once: all its characters have glyphs, all its texts fit. Then `sink` gets each finished file, in order. `progress` hears
/// (done, total) and may stop the run.
pub fn certificates<E: From<PaperError>>(
    run: &CertificateRun<'_>,
    fonts: &Fonts,
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
    sink: &mut dyn FnMut(FileNo, Vec<u8>) -> Result<(), E>,
) -> Result<Printed, E> {
    let total = run.certificates.len();
    if total == 0 {
        return Err(PaperError::NothingToPrint { paper: run.template.name.clone() }.into());
    }
    check_all(run, fonts)?;
    let a_file = if run.a_file == 0 { LARGEST_FILE } else { run.a_file.min(LARGEST_FILE) };
    let parts: Vec<&[Certificate]> = run.certificates.chunks(a_file).collect();
    let (next, drawn, stop) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let workers = cores().min(parts.len());

    std::thread::scope(|scope| {
        // A slow sink holds the workers up instead of letting files pile up.
        let (send, receive) = sync_channel(1);
        for _ in 0..workers {
            let (send, parts, next, drawn, stop) = (send.clone(), &parts, &next, &drawn, &stop);
            scope.spawn(move || {
                while let Some((n, part)) = take(parts, next) {
                    let made = file(run, part, fonts, &mut |_| {
                        drawn.fetch_add(1, Ordering::Relaxed);
                        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                    });
                    let Some(made) = made.transpose().filter(|_| !stop.load(Ordering::Relaxed)) else { return };
                    if send.send((n, made)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let mut files = 0;
        let finished = loop {
            if progress(drawn.load(Ordering::Relaxed), total).is_break() {
                let done = (files * a_file).min(total);
                break Err(PaperError::RunStopped { done, total }.into());
            }
            match receive.recv_timeout(TICK) {
                Ok((n, made)) => {
                    waiting.insert(n, made);
                }
                Err(RecvTimeoutError::Timeout) => continue,
                Err(RecvTimeoutError::Disconnected) => break Ok(()),
            }
            let mut outcome = Ok(());
            while let Some(made) = waiting.remove(&files) {
                files += 1;
                outcome = made.map_err(E::from).and_then(|bytes| sink(FileNo(files), bytes));
                if outcome.is_err() {
                    break;
                }
            }
            if outcome.is_err() {
                break outcome;
            }
        };
        // Workers that wait to hand over a file are let go.
        stop.store(true, Ordering::Relaxed);
        drop(receive);
        finished.map(|()| {
            let _ = progress(total, total);
            Printed { certificates: total, files }
        })
    })
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(4)
}

/// One file of all certificates of a run, at most [`LARGEST_FILE`]. `progress` hears after each sheet how many are drawn; stopped
/// before the last of them, there is no file. Check them before: [`check_all`].
pub fn certificate_file(
    run: &CertificateRun<'_>,
    fonts: &Fonts,
    progress: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<Option<Vec<u8>>, PaperError> {
    file(run, run.certificates, fonts, progress)
}

/// Whether everything of a run can be drawn: the first refusal in order of the sheets.
pub fn check_all(run: &CertificateRun<'_>, fonts: &Fonts) -> Result<(), PaperError> {
    let share = run.certificates.len().div_ceil(cores()).max(1);
    std::thread::scope(|scope| {
        let check = |part: &[Certificate]| part.iter().try_for_each(|c| check(run.template, c, fonts));
        let parts: Vec<_> = run.certificates.chunks(share).map(|part| scope.spawn(move || check(part))).collect();
        let ended = |_| Err(PaperError::PdfNotMade { detail: "a thread ended early".to_owned() });
        parts.into_iter().try_for_each(|part| part.join().unwrap_or_else(ended))
    })
}

fn take<'c>(parts: &[&'c [Certificate]], next: &AtomicUsize) -> Option<(usize, &'c [Certificate])> {
    let n = next.fetch_add(1, Ordering::Relaxed);
    parts.get(n).map(|part| (n, *part))
}

fn file(
    run: &CertificateRun<'_>,
    part: &[Certificate],
    fonts: &Fonts,
    drawn: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Result<Option<Vec<u8>>, PaperError> {
    let mut pdf = Pdf::new(&shared(run.template, run.title), run.template.height, fonts)?;
    for (n, certificate) in (1..).zip(part) {
        pdf.page(page(run.template, certificate, run.adjust, run.purpose, fonts)?);
        if drawn(n).is_break() && n < part.len() {
            return Ok(None);
        }
    }
    pdf.finish().map(Some)
}
