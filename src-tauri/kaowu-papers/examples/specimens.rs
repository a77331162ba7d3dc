//! Prints a specimen of every paper into a folder, to look at: `cargo run -p kaowu-papers --example specimens -- FOLDER`.

#[path = "../tests/samples/mod.rs"]
mod samples;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "specimens".to_owned()));
    std::fs::create_dir_all(&folder)?;
    for (name, bytes, _) in samples::all(&samples::fonts()?)? {
        std::fs::write(folder.join(format!("{name}.pdf")), bytes)?;
    }
    Ok(())
}
