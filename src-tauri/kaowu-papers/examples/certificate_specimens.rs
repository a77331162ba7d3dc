//! Prints every certificate that is looked at: `cargo run -p kaowu-papers --example certificate_specimens -- FOLDER [TEMPLATES]`.
//! With a folder of templates, what is drawn there is seen without building anew.

#[path = "../tests/certificates/cases.rs"]
mod cases;

use std::path::PathBuf;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "specimens".to_owned()));
    let templates = std::env::args().nth(2).map(PathBuf::from);
    std::fs::create_dir_all(&folder)?;
    let fonts = cases::fonts()?;
    for case in cases::all() {
        let made = cases::template(&case, templates.as_deref()).and_then(|t| cases::print(&case, &t, &fonts));
        match made {
            Ok(bytes) => std::fs::write(folder.join(format!("{}.pdf", case.name)), bytes)?,
            Err(fault) => eprintln!("{}: {fault:?}", case.name),
        }
    }
    Ok(())
}
