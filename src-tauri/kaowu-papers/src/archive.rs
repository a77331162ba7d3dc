//! What lets a file be opened in fifty years: PDF/A-2u (ISO 19005-2), said in its metadata and kept to.
//!
//! printpdf embeds fonts with their ToUnicode tables and draws no transparency; what it lacks is added to its lopdf
//! document here: the colour space that the colours mean, XMP metadata that agree with the information dictionary, an `/ID`
//! from the content. No dates: the same input must give the same bytes, and dates are not required.

use crate::error::PaperError;
use lopdf::{Dictionary, Object, Stream, StringFormat};
use sha2::{Digest, Sha256};

/// What `#RRGGBB` means.
const SRGB: &[u8] = include_bytes!("../../../assets/colour/sRGB.icc");
const PRODUCER: &str = "Kaowu 考务";
/// Sixteen bytes that [`stamp_id`] replaces.
const NO_ID: [u8; 16] = [0; 16];

/// Catalog, metadata and output intent of a finished document.
pub(crate) fn finish_catalog(document: &mut lopdf::Document, title: &str) -> lopdf::Result<()> {
    document.version = "1.7".to_owned();
    let utf16 = |text: &str| {
        let bytes = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        Object::String(bytes, StringFormat::Hexadecimal)
    };
    let info = dictionary([("Title", utf16(title)), ("Producer", utf16(PRODUCER))]);
    let info_id = document.trailer.get(b"Info")?.as_reference()?;
    document.set_object(info_id, info);

    let colours = document.add_object(Stream::new(dictionary([("N", 3.into())]), SRGB.to_vec()));
    let intent = dictionary([
        ("Type", "OutputIntent".into()),
        ("S", "GTS_PDFA1".into()),
        ("OutputConditionIdentifier", Object::string_literal("sRGB")),
        ("Info", Object::string_literal("sRGB IEC61966-2.1")),
        ("DestOutputProfile", colours.into()),
    ]);
    let described = dictionary([("Type", "Metadata".into()), ("Subtype", "XML".into())]);
    let metadata = document.add_object(Stream::new(described, xmp(title).into_bytes()));

    let catalog = document.catalog_mut()?;
    catalog.set("Metadata", metadata);
    catalog.set("OutputIntents", vec![intent.into()]);
    catalog.set("Lang", Object::string_literal("zh-CN"));
    catalog.set("PageLayout", "SinglePage");
    catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", true.into())]));
    let id = Object::String(NO_ID.to_vec(), StringFormat::Hexadecimal);
    document.trailer.set("ID", vec![id.clone(), id]);
    Ok(())
}

fn dictionary<const N: usize>(entries: [(&str, Object); N]) -> Dictionary {
    entries.into_iter().collect()
}

fn xmp(title: &str) -> String {
    let title: String = title.chars().filter(|c| !c.is_control()).collect();
    let title = title.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{FEFF}'
    )
}

/// Writes the file's own hash where its `/ID` is still empty, so that the same pages have the same name everywhere.
pub(crate) fn stamp_id(bytes: &mut [u8]) -> Result<(), PaperError> {
    let empty = hex::encode(NO_ID);
    let id = hex::encode(&Sha256::digest(&*bytes)[..NO_ID.len()]);
    let tail = bytes.len().saturating_sub(2048);
    for _ in 0..2 {
        let window = &mut bytes[tail..];
        let at = window.windows(empty.len()).position(|w| w == empty.as_bytes());
        let at = at.ok_or_else(|| PaperError::PdfNotMade { detail: "the trailer has no /ID".to_owned() })?;
        window[at..at + id.len()].copy_from_slice(id.as_bytes());
    }
    Ok(())
}
