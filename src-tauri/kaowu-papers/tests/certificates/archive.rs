//! PDF/A. No validator of PDF/A-2 comes with Debian; PDFBox's Preflight, which does, validates PDF/A-1b. So each paper is given
//! to it under the name of that older part (version and part are rewritten, byte for byte as long), and all it may find is
//! what PDF/A-2 took out of the rules. What only PDF/A-2u asks for is looked up here.

use crate::{cases, fonts};
use lopdf::{Document, Object};
use std::path::Path;
use std::process::Command;

/// Rules of PDF/A-1 that PDF/A-2 has no more: a list of the characters of each font (CIDSet).
const OF_PART_1_ONLY: [&str; 1] = ["3.1.11"];

const JARS: [&str; 8] = ["preflight", "xmpbox", "pdfbox2", "pdfbox2-tools", "fontbox2", "commons-logging", "javax.activation", "jaxb-api"];

fn papers() -> Vec<(String, Vec<u8>)> {
    let mut out: Vec<(String, Vec<u8>)> = Vec::new();
    for case in cases::all() {
        let bytes = cases::print(&case, &cases::template(&case, None).unwrap(), fonts()).unwrap();
        out.push((case.name.to_owned(), bytes));
    }
    out.extend(samples::all(fonts()).unwrap().into_iter().map(|(name, bytes, _)| (format!("paper-{name}"), bytes)));
    out.extend(samples::staff::cases(fonts()).unwrap().into_iter().map(|case| (format!("paper-{}", case.name), case.bytes)));
    out
}

#[path = "../samples/mod.rs"]
mod samples;

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = bytes.windows(from.len()).position(|w| w == from.as_bytes()).unwrap_or_else(|| panic!("{from} is not there"));
    let mut bytes = bytes.to_vec();
    bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
    bytes
}

/// File and code of each fault that Preflight finds in a folder, and how many files it read.
fn preflight(folder: &Path) -> (Vec<(String, String)>, usize) {
    let jars = JARS.map(|jar| format!("/usr/share/java/{jar}.jar")).join(":");
    let mut java = Command::new("java");
    java.args(["-Djava.awt.headless=true", "-cp", &jars, "org.apache.pdfbox.preflight.Validator_A1b", "xml", "group"]).arg(folder);
    let out = java.output().expect("java (./x setup installs it)");
    let said = std::fs::read_to_string(format!("{}.preflight.xml", folder.display()));
    let said = said.unwrap_or_else(|e| panic!("{e}: {}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)));
    let files: Vec<&str> = said.split("<preflight name=\"").skip(1).collect();
    let mut faults = Vec::new();
    for file in &files {
        let name = file.split('"').next().unwrap();
        let codes = file.split("<code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned());
        faults.extend(codes.map(|code| (name.to_owned(), code)));
        assert!(!file.contains("<exceptionThrown>"), "{file}");
    }
    (faults, files.len())
}

#[test]
fn a_validator_finds_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("papers");
    std::fs::create_dir(&folder).unwrap();
    let papers = papers();
    let older = |bytes: &[u8]| {
        let older = replaced(bytes, "%PDF-1.7", "%PDF-1.4");
        let older = replaced(&older, "<pdfaid:part>2<", "<pdfaid:part>1<");
        replaced(&older, "<pdfaid:conformance>U<", "<pdfaid:conformance>B<")
    };
    for (name, bytes) in &papers {
        std::fs::write(folder.join(format!("{name}.pdf")), older(bytes)).unwrap();
    }
    // Papers with a fault each, so that a validator which overlooks everything is noticed.
    let good = older(&papers[0].1);
    for (n, (from, to)) in [
        ("/OutputIntents", "/OutputIntentz"),
        ("<pdf:Producer>K", "<pdf:Producer>Q"),
        ("/ToUnicode", "/ToUnicodf"),
        ("/CIDToGIDMap", "/CIDToGIDMaq"),
    ]
    .iter()
    .enumerate()
    {
        std::fs::write(folder.join(format!("wrong-{n}.pdf")), replaced(&good, from, to)).unwrap();
    }
    let (faults, files) = preflight(&folder);
    let real: Vec<_> = faults.iter().filter(|(_, code)| !OF_PART_1_ONLY.contains(&code.as_str())).collect();
    assert_eq!(files, papers.len() + 4);
    let (wrong, others): (Vec<_>, Vec<_>) = real.into_iter().partition(|(name, _)| name.starts_with("wrong-"));
    assert!(others.is_empty(), "{others:?}");
    // ToUnicode is asked for by parts above b only: see the next test.
    for n in [0, 1, 3] {
        assert!(wrong.iter().any(|(name, _)| name.starts_with(&format!("wrong-{n}"))), "{n}: {wrong:?}");
    }
}

#[test]
fn what_part_2_asks_for() {
    for (name, bytes) in papers() {
        assert!(bytes.starts_with(b"%PDF-1.7\n%") && bytes[10..14].iter().all(|b| *b > 127), "{name}: head");
        let document = Document::load_mem(&bytes).unwrap();
        let catalog = document.catalog().unwrap();
        assert!(!document.trailer.has(b"Encrypt") && document.trailer.get(b"ID").unwrap().as_array().unwrap().len() == 2, "{name}");
        let xmp = document.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap().as_stream().unwrap();
        let xmp = String::from_utf8(xmp.content.clone()).unwrap();
        assert!(xmp.contains("<pdfaid:part>2</pdfaid:part>") && xmp.contains("<pdfaid:conformance>U</pdfaid:conformance>"), "{name}");
        let intent = catalog.get(b"OutputIntents").unwrap().as_array().unwrap()[0].as_dict().unwrap();
        let profile = document.get_object(intent.get(b"DestOutputProfile").unwrap().as_reference().unwrap()).unwrap().as_stream().unwrap();
        let icc = profile.decompressed_content().unwrap_or_else(|_| profile.content.clone());
        assert!(&icc[36..40] == b"acsp" && &icc[16..20] == b"RGB ", "{name}: profile");
        // The title in the information dictionary and in the metadata are one.
        let info = document.get_dictionary(document.trailer.get(b"Info").unwrap().as_reference().unwrap()).unwrap();
        let Object::String(title, _) = info.get(b"Title").unwrap() else { panic!("{name}: no title") };
        let units: Vec<u16> = title[2..].chunks(2).map(|c| u16::from_be_bytes([c[0], c[1]])).collect();
        assert!(xmp.contains(&format!(">{}</rdf:li>", String::from_utf16(&units).unwrap())), "{name}: {xmp}");
        let mut fonts = 0;
        for object in document.objects.values() {
            let dict = match object {
                Object::Dictionary(dict) => dict,
                Object::Stream(stream) => &stream.dict,
                _ => continue,
            };
            for forbidden in
                ["JavaScript", "JS", "AA", "EmbeddedFiles", "LZWDecode", "Interpolate", "Alternates", "OPI", "PS", "TR", "SMask"]
            {
                assert!(!dict.has(forbidden.as_bytes()), "{name}: /{forbidden}");
            }
            if dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|n| n == b"Type0") {
                fonts += 1;
                assert!(dict.has(b"ToUnicode"), "{name}: a font without ToUnicode");
                let map = document.get_object(dict.get(b"ToUnicode").unwrap().as_reference().unwrap()).unwrap().as_stream().unwrap();
                let map = map.decompressed_content().unwrap_or_else(|_| map.content.clone());
                let map = String::from_utf8_lossy(&map).into_owned();
                assert!(!map.contains("> <0000>") && !map.contains("<FEFF>") && !map.contains("<FFFE>"), "{name}: {map}");
            }
        }
        assert!(fonts > 0, "{name}");
    }
}
