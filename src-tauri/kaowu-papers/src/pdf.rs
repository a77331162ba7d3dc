//! The back end: a list of what to draw becomes a PDF, by way of printpdf.
//!
//! printpdf's own saving is not used: it differs from run to run, claims PDF/X and swallows write errors. What it makes
//! is taken as a lopdf document and finished here: own compression, and what PDF/A asks for ([`crate::archive`]).

use crate::archive::{finish_catalog, stamp_id};
use crate::error::PaperError;
use crate::fonts::{FontNo, Fonts};
use crate::list::{Colour, Item, Page, Paint, Run, Segment, Shared, Stroke};
use crate::qr::Qr;
use flate2::{Compress, Compression, FlushCompress};
use lopdf::Object;
use printpdf::{
    Color, DictItem, ExternalStream, ExternalXObject, FontId, Mm, Op, PdfDocument, PdfFont, PdfFontHandle, PdfPage, PdfParseErrorSeverity,
    PdfSaveOptions, Pt, RawImage, Rgb, TextItem, TextMatrix, XObject, XObjectId, XObjectTransform,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Points of a millimetre.
const POINTS: f32 = 72.0 / 25.4;
/// Pixels of a picture at most: A4 at 800 dots an inch.
const MOST_PIXELS: u64 = 64_000_000;

/// A PDF in the making.
pub struct Pdf<'f> {
    fonts: &'f Fonts,
    document: PdfDocument,
    used: BTreeSet<FontNo>,
    codes: usize,
    image_sizes: Vec<(f32, f32)>,
    deflater: Deflater,
}

/// Draws all pages into a file.
pub fn write(pages: Vec<Page>, shared: &Shared, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let height = pages.first().map_or(0.0, |p| p.height);
    let mut pdf = Pdf::new(shared, height, fonts)?;
    for page in pages {
        pdf.page(page);
    }
    pdf.finish()
}

impl<'f> Pdf<'f> {
    /// An empty file; `height` is that of the pages the shared drawings are for.
    pub fn new(shared: &Shared, height: f32, fonts: &'f Fonts) -> Result<Self, PaperError> {
        let mut document = PdfDocument::new(&shared.title);
        let mut image_sizes = Vec::new();
        let mut deflater = Deflater::new();
        for (n, png) in shared.images.iter().enumerate() {
            let image = decode_png(png, &format!("image {}", n + 1))?;
            image_sizes.push((pixels(image.width), pixels(image.height)));
            document.resources.xobjects.map.insert(image_id(n), XObject::Image(image));
        }
        for (n, art) in shared.art.iter().enumerate() {
            let mut content = Content::default();
            for (path, paint) in art {
                path_operators(path, *paint, height, &mut |op, numbers| content.push(op, numbers));
            }
            let form = content.into_form([0.0, 0.0, 2000.0, 2000.0], &mut deflater)?;
            document.resources.xobjects.map.insert(art_id(n), form);
        }
        Ok(Self { fonts, document, used: BTreeSet::new(), codes: 0, image_sizes, deflater })
    }

    /// Adds a page.
    pub fn page(&mut self, page: Page) {
        let mut ops = Vec::with_capacity(page.items.len() * 4);
        let mut text = TextState::default();
        for item in page.items {
            if !matches!(item, Item::Text(_)) {
                text.close(&mut ops);
            }
            match item {
                Item::Text(run) => self.text(run, page.height, &mut text, &mut ops),
                Item::Path(path, paint) => path_operators(&path, paint, page.height, &mut |op, numbers| ops.push(operator(op, numbers))),
                Item::Image(n, [x, y, w, h]) => {
                    let (across, down) = self.image_sizes.get(n).copied().unwrap_or((1.0, 1.0));
                    // printpdf scales a picture to one point a pixel before what stands here.
                    let transform =
                        XObjectTransform { dpi: Some(72.0), ..place(x, page.height - y - h, w * POINTS / across, h * POINTS / down) };
                    ops.push(Op::UseXobject { id: image_id(n), transform });
                }
                Item::Qr(code, [x, y, side]) => {
                    let module = side * POINTS / f32::from(code.side);
                    if let Ok(form) = qr_form(&code, &mut self.deflater) {
                        let id = XObjectId(format!("Q{}", self.codes));
                        self.codes += 1;
                        self.document.resources.xobjects.map.insert(id.clone(), form);
                        ops.push(Op::UseXobject { id, transform: place(x, page.height - y - side, module, module) });
                    }
                }
                Item::Shift([right, down]) => ops.push(operator("cm", &[1.0, 0.0, 0.0, 1.0, right * POINTS, -down * POINTS])),
                Item::Art(n) => ops.push(Op::UseXobject { id: art_id(n), transform: place(0.0, 0.0, 1.0, 1.0) }),
            }
        }
        text.close(&mut ops);
        self.document.pages.push(PdfPage::new(Mm(page.width), Mm(page.height), ops));
    }

    fn text(&mut self, run: Run, height: f32, state: &mut TextState, ops: &mut Vec<Op>) {
        self.used.insert(run.font);
        if !state.open {
            ops.push(Op::StartTextSection);
            state.open = true;
        }
        if state.font != Some((run.font, run.size)) {
            let font = PdfFontHandle::External(FontId(self.fonts.id(run.font).to_owned()));
            ops.push(Op::SetFont { font, size: Pt(run.size) });
            state.font = Some((run.font, run.size));
        }
        if state.colour != Some(run.colour) {
            ops.push(Op::SetFillColor { col: rgb(run.colour) });
            state.colour = Some(run.colour);
        }
        if state.spacing != Some(run.spacing) {
            ops.push(Op::SetCharacterSpacing { multiplier: round(run.spacing) });
            state.spacing = Some(run.spacing);
        }
        let (x, y) = (round(run.x * POINTS), round((height - run.y) * POINTS));
        let matrix = if run.turn == 0.0 {
            TextMatrix::Translate(Pt(x), Pt(y))
        } else {
            let (sin, cos) = run.turn.to_radians().sin_cos();
            TextMatrix::Raw([cos, sin, -sin, cos, x, y])
        };
        ops.push(Op::SetTextMatrix { matrix });
        ops.push(Op::ShowText { items: vec![TextItem::Text(run.text)] });
    }

    /// The bytes of the file.
    pub fn finish(mut self) -> Result<Vec<u8>, PaperError> {
        let failed = |detail: String| PaperError::PdfNotMade { detail };
        for no in &self.used {
            let font = PdfFont::new(self.fonts.parsed(*no)?.clone());
            self.document.resources.fonts.map.insert(FontId(self.fonts.id(*no).to_owned()), font);
        }
        let options = PdfSaveOptions { optimize: true, subset_fonts: true, secure: false, image_optimization: None };
        let mut warnings = Vec::new();
        let mut document = self.document.to_lopdf_document(&options, &mut warnings);
        if let Some(warning) = warnings.into_iter().find(|w| w.severity == PdfParseErrorSeverity::Error) {
            return Err(failed(warning.msg));
        }
        let title = std::mem::take(&mut self.document.metadata.info.document_title);
        let mut deflater = self.deflater;
        // The list of pages is of no more use, and it is the largest thing in memory.
        drop(self.document);
        finish_catalog(&mut document, &title).map_err(|e| failed(e.to_string()))?;
        for object in document.objects.values_mut() {
            if let Object::Stream(stream) = object {
                deflater.stream(stream).map_err(|e| failed(e.to_string()))?;
            }
        }
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).map_err(|e| failed(e.to_string()))?;
        stamp_id(&mut bytes)?;
        Ok(bytes)
    }
}

/// What is set while text is drawn; a text section forgets nothing but is left before anything else is drawn.
#[derive(Default)]
struct TextState {
    open: bool,
    font: Option<(FontNo, f32)>,
    colour: Option<Colour>,
    spacing: Option<f32>,
}

impl TextState {
    fn close(&mut self, ops: &mut Vec<Op>) {
        if self.open {
            ops.push(Op::EndTextSection);
        }
        // A path sets the same fill colour: set it anew for the next text.
        (self.open, self.colour) = (false, None);
    }
}

/// Operators and numbers of a content stream, as bytes.
#[derive(Default)]
struct Content(Vec<u8>);

impl Content {
    fn push(&mut self, op: &str, numbers: &[f32]) {
        for number in numbers {
            // Writing into a Vec cannot fail.
            let _ = write!(self.0, "{} ", round(*number));
        }
        self.0.extend(op.bytes());
        self.0.push(b'\n');
    }

    /// A form XObject with this content: stored once, drawn wherever it is named.
    fn into_form(self, bounds: [f32; 4], deflater: &mut Deflater) -> Result<XObject, PaperError> {
        let name = |n: &str| DictItem::Name(n.as_bytes().to_vec());
        let dict = BTreeMap::from([
            ("Type".to_owned(), name("XObject")),
            ("Subtype".to_owned(), name("Form")),
            ("BBox".to_owned(), DictItem::Array(bounds.map(DictItem::Real).to_vec())),
            ("Resources".to_owned(), DictItem::Dict { map: BTreeMap::new() }),
            ("Filter".to_owned(), name("FlateDecode")),
        ]);
        let content = deflater.pack(&self.0).map_err(|e| PaperError::PdfNotMade { detail: e.to_string() })?;
        let stream = ExternalStream { dict, content, compress: false };
        Ok(XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None }))
    }
}

/// Dark modules as an outline, a module a unit, from the lower left: sharp at every size, no picture to smooth.
fn qr_form(code: &Qr, deflater: &mut Deflater) -> Result<XObject, PaperError> {
    let mut content = Content(Vec::with_capacity(code.runs.len() * 12));
    // A form begins with whatever colour the page has just used.
    content.push("rg", &[0.0, 0.0, 0.0]);
    for [y, x, n] in &code.runs {
        // Writing into a Vec cannot fail.
        let _ = writeln!(content.0, "{x} {} {n} 1 re", code.side - y - 1);
    }
    content.push("f", &[]);
    let side = f32::from(code.side);
    content.into_form([0.0, 0.0, side, side], deflater)
}

/// A path as operators, in points from the lower left corner.
fn path_operators(path: &[Segment], paint: Paint, height: f32, emit: &mut dyn FnMut(&'static str, &[f32])) {
    if let Some(colour) = paint.fill {
        emit("rg", &channels(colour));
    }
    if let Some(Stroke { colour, width }) = paint.stroke {
        emit("RG", &channels(colour));
        emit("w", &[width * POINTS]);
    }
    let (x, y) = (|x: f32| x * POINTS, |y: f32| (height - y) * POINTS);
    for segment in path {
        match *segment {
            Segment::Move(a, b) => emit("m", &[x(a), y(b)]),
            Segment::Line(a, b) => emit("l", &[x(a), y(b)]),
            Segment::Curve([a, b, c, d, e, f]) => emit("c", &[x(a), y(b), x(c), y(d), x(e), y(f)]),
            Segment::Close => emit("h", &[]),
        }
    }
    emit(
        match (paint.fill, paint.stroke) {
            (Some(_), Some(_)) => "B",
            (Some(_), None) => "f",
            (None, Some(_)) => "S",
            (None, None) => "n",
        },
        &[],
    );
}

fn operator(op: &'static str, numbers: &[f32]) -> Op {
    Op::Unknown { key: op.to_owned(), value: numbers.iter().map(|n| DictItem::Real(round(*n))).collect() }
}

/// Two decimals: a three-hundredth of a millimetre.
fn round(number: f32) -> f32 {
    (number * 100.0).round() / 100.0
}

fn channels(Colour(r, g, b): Colour) -> [f32; 3] {
    [r, g, b].map(|c| f32::from(c) / 255.0)
}

fn rgb(colour: Colour) -> Color {
    let [r, g, b] = channels(colour).map(round);
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

fn place(x: f32, y: f32, scale_x: f32, scale_y: f32) -> XObjectTransform {
    XObjectTransform {
        translate_x: Some(Pt(round(x * POINTS))),
        translate_y: Some(Pt(round(y * POINTS))),
        scale_x: Some(scale_x),
        scale_y: Some(scale_y),
        ..XObjectTransform::default()
    }
}

fn image_id(n: usize) -> XObjectId {
    XObjectId(format!("I{n}"))
}

fn art_id(n: usize) -> XObjectId {
    XObjectId(format!("A{n}"))
}

#[allow(clippy::cast_precision_loss, reason = "the pixels of a picture")]
fn pixels(n: usize) -> f32 {
    n.max(1) as f32
}

/// A PNG as printpdf draws it; the refusal names the file.
pub(crate) fn decode_png(png: &[u8], file: &str) -> Result<RawImage, PaperError> {
    let unreadable = |detail: String| PaperError::ImageUnreadable { file: file.to_owned(), detail };
    if !png.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Err(unreadable("not a PNG file".to_owned()));
    }
    let side = |at: usize| png.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, |b| u64::from(u32::from_be_bytes(b)));
    // Width and height stand at the head of the file: a picture is not unpacked to find out that it is too large.
    let (across, down) = (side(16), side(20));
    if across.saturating_mul(down) > MOST_PIXELS {
        return Err(unreadable(format!("{across} × {down}, > {MOST_PIXELS}")));
    }
    RawImage::decode_from_bytes(png, &mut Vec::new()).map_err(unreadable)
}

/// One compressor for all streams of a file: making one anew for each costs more than the work itself.
struct Deflater(Compress);

impl Deflater {
    fn new() -> Self {
        Self(Compress::new(Compression::new(6), true))
    }

    fn pack(&mut self, content: &[u8]) -> std::io::Result<Vec<u8>> {
        self.0.reset();
        let mut packed = Vec::with_capacity(content.len() / 2 + 64);
        loop {
            let taken = usize::try_from(self.0.total_in()).unwrap_or(content.len());
            let status = self.0.compress_vec(&content[taken..], &mut packed, FlushCompress::Finish)?;
            if status == flate2::Status::StreamEnd {
                return Ok(packed);
            }
            packed.reserve(content.len() / 2 + 64);
        }
    }

    fn stream(&mut self, stream: &mut lopdf::Stream) -> std::io::Result<()> {
        // Metadata stay readable for whoever does not know PDF.
        if stream.dict.has(b"Filter") || stream.dict.has_type(b"Metadata") {
            return Ok(());
        }
        let packed = self.pack(&stream.content)?;
        if packed.len() + 20 < stream.content.len() {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
        Ok(())
    }
}
